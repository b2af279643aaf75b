import java.io.OutputStream;
import org.neo4j.server.CommunityBootstrapper;
import org.neo4j.server.NeoBootstrapper;

/** Runs a Neo4j server with the home and the settings that its arguments name, until its input ends. */
class Neo4j {
    public static void main(String[] arguments) throws Exception {
        var server = new CommunityBootstrapper();
        int status = NeoBootstrapper.start(server, arguments);
        if (status == NeoBootstrapper.OK) {
            System.out.println("ready");
            System.in.transferTo(OutputStream.nullOutputStream());
            status = server.stop();
        }
        System.exit(status);
    }
}
