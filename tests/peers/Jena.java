import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParserRegistry;
import org.apache.jena.sparql.core.DatasetDescription;
import org.apache.jena.sparql.core.DynamicDatasets;
import org.apache.jena.sparql.exec.http.QueryExecutionHTTP;
import org.apache.jena.sparql.exec.http.QueryExecutionHTTPBuilder;
import org.apache.jena.sparql.exec.http.QuerySendMode;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.update.UpdateAction;

/**
 * Apache Jena for tests, as both ends of SPARQL 1.1: {@code serve} answers queries and updates over an empty dataset
 * until its standard input ends; {@code ask ENDPOINT (METHOD ACCEPT FILE)...} sends queries, with what Jena accepts by
 * itself where nothing is named.
 */
public final class Jena {
    public static void main(String[] words) throws IOException {
        if (words[0].equals("serve")) {
            serve();
        } else {
            ask(words[1], List.of(words).subList(2, words.length));
        }
    }

    // --- the client

    /** Writes what comes back beside each file: rows as JSON, triples as N-Triples, yes or no as a word. */
    private static void ask(String endpoint, List<String> words) throws IOException {
        JenaSystem.init();
        // Debian has no JSON parser of the kind that Jena's reader of JSON-LD 1.1 looks for.
        RDFParserRegistry.registerLangTriples(Lang.JSONLD, RDFParserRegistry.getFactory(Lang.JSONLD10));
        for (int at = 0; at < words.size(); at += 3) {
            Path file = Path.of(words.get(at + 2));
            Query query = QueryFactory.create(Files.readString(file));
            QueryExecutionHTTPBuilder builder = QueryExecutionHTTP.service(endpoint).query(query);
            builder.sendMode(words.get(at).equals("POST") ? QuerySendMode.asPost : QuerySendMode.asGetAlways);
            if (!words.get(at + 1).isEmpty()) {
                builder.acceptHeader(words.get(at + 1));
            }
            try (QueryExecution asked = builder.build()) {
                Files.write(Path.of(file + ".answer"), answered(query, asked));
            }
        }
    }

    private static byte[] answered(Query query, QueryExecution asked) {
        var out = new ByteArrayOutputStream();
        if (query.isSelectType()) {
            ResultSetFormatter.outputAsJSON(out, asked.execSelect());
        } else if (query.isAskType()) {
            ResultSetFormatter.outputAsJSON(out, asked.execAsk());
        } else {
            RDFDataMgr.write(out, query.isConstructType() ? asked.execConstruct() : asked.execDescribe(), Lang.NTRIPLES);
        }
        return out.toByteArray();
    }

    // --- the server

    private static void serve() throws IOException {
        Dataset dataset = DatasetFactory.createTxnMem();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/query", exchange -> handle(exchange, dataset));
        server.createContext("/update", exchange -> handle(exchange, dataset));
        var threads = Executors.newFixedThreadPool(2);
        server.setExecutor(threads);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange, Dataset dataset) throws IOException {
        Map<String, List<String>> form = form(exchange);
        try {
            if (form.containsKey("update")) {
                update(dataset, form.get("update").get(0));
                send(exchange, 204, "text/plain", new byte[0]);
            } else {
                Query query = QueryFactory.create(form.get("query").get(0));
                boolean graph = query.isConstructType() || query.isDescribeType();
                byte[] body = query(dataset, query, form);
                send(exchange, 200, graph ? "application/n-triples" : "application/sparql-results+json", body);
            }
        } catch (RuntimeException error) {
            send(exchange, 400, "text/plain", String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void update(Dataset dataset, String text) {
        dataset.begin(ReadWrite.WRITE);
        try {
            UpdateAction.parseExecute(text, dataset);
            dataset.commit();
        } finally {
            dataset.end(); // which takes back what was not committed
        }
    }

    /** The dataset of a query is what the request names, else what it names itself, else everything. */
    private static byte[] query(Dataset dataset, Query query, Map<String, List<String>> form) {
        var named = DatasetDescription.create(
            form.getOrDefault("default-graph-uri", List.of()), form.getOrDefault("named-graph-uri", List.of()));
        if (!named.isEmpty()) {
            query.getGraphURIs().clear();
            query.getNamedGraphURIs().clear();
        }
        dataset.begin(ReadWrite.READ);
        try {
            Dataset asked = named.isEmpty() ? dataset : DynamicDatasets.dynamicDataset(named, dataset, false);
            try (QueryExecution execution = QueryExecutionFactory.create(query, asked)) {
                return answered(query, execution);
            }
        } finally {
            dataset.end();
        }
    }

    private static Map<String, List<String>> form(HttpExchange exchange) throws IOException {
        var form = new HashMap<String, List<String>>();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String pair : body.split("&")) {
            String[] halves = pair.split("=", 2);
            String value = halves.length == 2 ? URLDecoder.decode(halves[1], StandardCharsets.UTF_8) : "";
            form.computeIfAbsent(URLDecoder.decode(halves[0], StandardCharsets.UTF_8), name -> new ArrayList<>())
                .add(value);
        }
        return form;
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
