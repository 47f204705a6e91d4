import java.net.URI;
import java.net.http.*;
import java.time.*;
import java.util.concurrent.*;

/** Creates a composition: the least of a poller that is right. Java 17 or later, no packages. */
public class Client {
    static final String BASE = System.getenv().getOrDefault("ESOZ_SANDBOX_URL", "http://127.0.0.1:4010");
    static final long PATIENCE = 600_000;
    static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static String token = "demo";

    // Otherwise HttpClient sends a GET again by itself, at once and up to five times, when its connection breaks.
    static { System.setProperty("jdk.httpclient.redirects.retrylimit", "1"); }

    /** Status 0: no answer. Retry-After in milliseconds. */
    record Answer(int status, String text, long retryAfter) {}

    static Answer call(String method, String path, String body, boolean renewed) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(BASE + "/api" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .headers("Authorization", "Bearer " + token, "api-key", "demo", "Content-Type", "application/json");
        var sent = HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            var answer = sent.get(10, TimeUnit.SECONDS); // covers the body too
            var seconds = answer.headers().firstValue("Retry-After").filter(one -> one.matches("\\d{1,9}")).orElse("0");
            if (answer.statusCode() != 401 || renewed)
                return new Answer(answer.statusCode(), answer.body(), 1000 * Long.parseLong(seconds));
        } catch (ExecutionException | TimeoutException broken) {
            sent.cancel(true);
            return new Answer(0, "", 0);
        }
        token += "-renewed"; // in real life: ask the authorisation server
        Thread.sleep(1000);
        return call(method, path, body, true);
    }

    /** The first text of that name. The JDK reads no JSON: in real life take Jackson or Gson. */
    static String field(String json, String name) {
        var found = java.util.regex.Pattern.compile('"' + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    /** Milliseconds to wait: until eta, and a second at the least. */
    static long until(String eta) {
        try {
            return Math.max(1000, OffsetDateTime.parse(eta).toInstant().toEpochMilli() - System.currentTimeMillis() + 1);
        } catch (DateTimeException unreadable) {
            return 1000;
        }
    }

    /** The answer that tells the job's end; null when it is lost, or patience is over. */
    static String poll(String id, String eta) throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE, pause = until(eta), failures = 0, missing = 0;
        while (missing < 3 && failures < 8 && System.currentTimeMillis() + pause < deadline) {
            Thread.sleep(pause);
            var answer = call("GET", "/patients/composition/job/" + id, "", false);
            int status = answer.status();
            if (status == 200 && answer.text().strip().endsWith("}")) {
                if (field(answer.text(), "status").matches("DONE|FAILED")) return answer.text();
                pause = until(field(answer.text(), "eta")); // the newest eta counts
                failures = missing = 0;
            } else if (status >= 500 || status == 0 || status == 200 || status == 404 || status == 429) {
                if (status == 404) missing++;
                pause = Math.max(answer.retryAfter(), 1000L << failures++); // it may pass: ask again, each time later
            } else return null;
        }
        return null;
    }

    /** Schedules the composition that the JSON text tells, and says what became of it. */
    public static String submit(String body) throws InterruptedException {
        var made = call("POST", "/patients/composition", body, false);
        var id = made.status() == 200 ? field(made.text(), "id") : "";
        if (id.isEmpty()) return "not scheduled: " + made.status(); // not sent again: it may have been scheduled
        var end = poll(id, field(made.text(), "eta"));
        if (end == null) return "outcome unknown";
        if (field(end, "status").equals("FAILED")) return "FAILED: " + end;
        var patient = field(body.substring(body.indexOf("\"subject\"")), "value");
        var encounter = field(body.substring(body.indexOf("\"encounter\"")), "value");
        var path = "/patients/" + patient + "/encounter/" + encounter + "/composition/" + field(end, "href").replaceAll(".*/", "");
        return "DONE, read " + call("GET", path, "", false).status();
    }

    public static void main(String[] arguments) throws Exception {
        var example = HttpRequest.newBuilder(URI.create(BASE).resolve("/__sandbox/examples/createComposition")).build();
        System.out.println(submit(HTTP.send(example, HttpResponse.BodyHandlers.ofString()).body()));
    }
}
