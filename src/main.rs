fn main() {
    let schema = rapporteur::schema::Schema::built_in();
    let model = rapporteur::nlp::Model::built_in();
    let out = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    for file in std::env::args().skip(2) {
        let text = std::fs::read_to_string(&file).unwrap();
        let reading = rapporteur::pipeline::read(&schema, &model, rapporteur::ingest::Article::new(&file, text));
        let mut graph = rapporteur::graph::KnowledgeGraph::new();
        graph.add(reading);
        let name = std::path::Path::new(&file).with_extension("json");
        let out = out.join(name.file_name().unwrap());
        rapporteur::graph::store::save(&graph, &out).unwrap();
    }
}
