import java.io.OutputStream;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.sparql.core.DatasetGraphFactory;

/** Serves an empty dataset in memory as /news on a free port of this machine, which it prints, until its input ends. */
class Fuseki {
    public static void main(String[] arguments) throws Exception {
        var server = FusekiServer.create().loopback(true).port(0)
            .add("/news", DatasetGraphFactory.createTxnMem(), true).build().start();
        System.out.println("ready " + server.getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        server.stop();
        System.exit(0);
    }
}
