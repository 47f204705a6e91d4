import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Creates a composition, polls its job, reads the result. Java 17 or later, no packages. */
public class Poller {
    static final String BASE = env("ESOZ_SANDBOX_URL", "http://127.0.0.1:4010");
    static final double TIMEOUT = Double.parseDouble(env("ESOZ_TIMEOUT_SECONDS", "10"));
    static final double PACE = Double.parseDouble(env("ESOZ_PACE", "1")); // the sandbox's time may run faster
    static final double PATIENCE = Double.parseDouble(env("ESOZ_PATIENCE_SECONDS", "600")) / PACE;
    static final double LEAST = 1 / PACE; // seconds between two polls, whatever eta says
    static final HttpClient HTTP = httpClient();
    static String token = env("ESOZ_TOKEN", "demo");

    /** Status 0: no answer came. Data is null when the text is not JSON. Retry-After in seconds. */
    record Answer(int status, String text, Object data, Double retryAfter) {}

    static String newToken() {
        return token + "-renewed"; // in real life: ask the authorisation server
    }

    static HttpClient httpClient() {
        // Otherwise HttpClient sends a GET again by itself, at once and up to five times, when its connection breaks.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static String env(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    static void say(String line) {
        System.out.println(line);
    }

    static void sleepUntil(double moment) throws InterruptedException {
        double left;
        while ((left = moment - System.currentTimeMillis()) > 0) Thread.sleep((long) Math.ceil(left));
    }

    /** When to ask next, in milliseconds: after so many seconds, and not before eta (RFC 3339) nor at once. */
    static double after(double wait, String eta) {
        double soonest = System.currentTimeMillis() + Math.max(wait, LEAST) * 1000;
        try {
            return eta == null ? soonest : Math.max(soonest, OffsetDateTime.parse(eta).toInstant().toEpochMilli());
        } catch (DateTimeException unreadable) {
            return soonest;
        }
    }

    /** Retry-After in seconds: a number or a date (RFC 9110 §10.2.3); null without it. */
    static Double asked(String text) {
        if (text.matches("\\d+")) {
            double number = Double.parseDouble(text);
            if (number < 1e9) return number;
            // Some platforms send a moment in place of a length: Unix seconds, or milliseconds.
            return ((number > 1e11 ? number : number * 1000) - System.currentTimeMillis()) / 1000;
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return (date.toInstant().toEpochMilli() - System.currentTimeMillis()) / 1000.0;
        } catch (DateTimeException missing) {
            return null;
        }
    }

    /** One request. A 401 gets a new token and one more try. */
    static Answer call(String method, String path, String body, boolean renewed) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(BASE + "/api" + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .headers("Authorization", "Bearer " + token, "api-key", env("ESOZ_API_KEY", "demo"))
            .header("Content-Type", "application/json")
            .build();
        var sent = HTTP.sendAsync(request, BodyHandlers.ofString());
        try {
            var answer = sent.get((long) (TIMEOUT * 1000), TimeUnit.MILLISECONDS); // covers the body too
            if (answer.statusCode() != 401 || renewed) {
                var wait = asked(answer.headers().firstValue("Retry-After").orElse(""));
                return new Answer(answer.statusCode(), answer.body(), dataOf(answer.body()), wait);
            }
        } catch (ExecutionException | TimeoutException error) {
            sent.cancel(true);
            var cause = Objects.requireNonNullElse(error.getCause(), error);
            return new Answer(0, "no answer, " + cause.getClass().getSimpleName(), null, null);
        }
        say("401: going on with a new token");
        token = newToken();
        sleepUntil(after(LEAST, null));
        return call(method, path, body, true);
    }

    /** What data holds, or all of it when there is no such envelope; null when it is not JSON. */
    static Object dataOf(String text) {
        try {
            var json = Json.read(text);
            return at(json, "data") == null ? json : at(json, "data");
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    /** Goes down into JSON: a text names a field, 0 is the first of a list; null when there is no such thing. */
    static Object at(Object json, Object... keys) {
        for (var key : keys) {
            if (json instanceof Map<?, ?> fields) json = fields.get(key);
            else if (json instanceof List<?> items && key.equals(0) && !items.isEmpty()) json = items.get(0);
            else return null;
        }
        return json;
    }

    static String text(Object json, Object... keys) {
        return at(json, keys) instanceof String text && !text.isEmpty() ? text : null;
    }

    static List<?> list(Object json, Object... keys) {
        return at(json, keys) instanceof List<?> list ? list : List.of();
    }

    static Object schedule(String body, int tries) throws InterruptedException {
        var answer = call("POST", "/patients/composition", body, false);
        int status = answer.status();
        if (status >= 200 && status < 300 && text(answer.data(), "id") != null) return answer.data();
        boolean refused = (status == 429 || status == 503) && answer.retryAfter() != null;
        if (refused && tries < 4) {
            say(status + ": no job was made, scheduling again in " + answer.retryAfter() + " s");
            sleepUntil(after(answer.retryAfter(), null));
            return schedule(body, tries + 1);
        }
        // What may have been scheduled is not sent again: that could make two compositions.
        boolean known = refused || (status >= 400 && status < 500);
        say((known ? "not scheduled" : "outcome unknown, not sent again") + ": " + status + " " + answer.text());
        return null;
    }

    /** The job at its end; null when we stop before. */
    static Object poll(String id, String eta) throws InterruptedException {
        double deadline = System.currentTimeMillis() + PATIENCE * 1000;
        double turn = after(LEAST, eta);
        int missing = 0, passing = 0; // failures since the last good answer
        while (turn <= deadline && missing < 3 && passing < 8) {
            sleepUntil(turn);
            var answer = call("GET", "/patients/composition/job/" + id, null, false);
            int status = answer.status();
            if (status == 200 && answer.data() != null) {
                var word = text(answer.data(), "status");
                if ("DONE".equals(word) || "FAILED".equals(word)) return answer.data();
                eta = text(answer.data(), "eta");
                say(Objects.toString(word, "no status") + ", eta " + eta); // an unknown word is no end
                turn = after(LEAST, eta);
                missing = passing = 0;
            } else if (status >= 400 && status < 500 && status != 404 && status != 429) {
                say("stopped: " + status + " " + answer.text());
                return null;
            } else {
                int times = status == 404 ? ++missing : ++passing; // a new job may not be visible at once
                say("failure " + times + ": " + (status == 0 ? answer.text() : status));
                var wait = answer.retryAfter();
                turn = after(wait == null ? Math.min(Math.pow(2, times - 1), 30) * LEAST : wait, null);
            }
        }
        say("gave up, outcome unknown");
        return null;
    }

    /** The reason of a FAILED job stands in one of six places. */
    static String reasonOf(Object job) {
        var error = at(job, "error") instanceof List<?> list ? at(list, 0) : at(job, "error");
        var rule = at(error, "rules", 0);
        var texts = Stream.of(
            text(error, "message"),
            error instanceof String plain ? plain : null,
            rule == null ? null : text(rule, "code") + ": " + text(rule, "description"),
            text(job, "response_data", "error", "message"));
        var reasons = list(job, "links").stream()
            .flatMap(link -> Stream.of(text(link, "error"), text(link, "error", "message")));
        return Stream.concat(reasons, texts)
            .filter(Objects::nonNull).findFirst().orElse("no reason is given");
    }

    static void readResult(Object job, String patient, String encounter) throws InterruptedException {
        var id = list(job, "links").stream().map(link -> text(link, "href")).filter(Objects::nonNull)
            .map(href -> href.replaceAll(".*/", "")).findFirst().orElse(null);
        if (id == null) { // no usable link: the newest composition of the encounter
            var query = "subject=" + patient + "&encounter=" + encounter;
            var found = call("GET", "/patients/searchComposition?" + query, null, false);
            id = list(found.data()).stream().max(Comparator.comparing(one -> text(one, "date") + ""))
                .map(newest -> text(newest, "identifier", "value")).orElse(null);
        }
        if (id == null) {
            say("DONE, but the composition was not found");
            return;
        }
        var path = "/patients/" + patient + "/encounter/" + encounter + "/composition/" + id;
        var read = call("GET", path, null, false);
        say(read.status() == 200 && read.data() != null
            ? "DONE, read " + id + ": " + text(read.data(), "status") + " " + text(read.data(), "title")
            : "DONE, but reading " + id + " failed: " + read.status() + " " + read.text());
    }

    public static void main(String[] arguments) throws Exception {
        var example = URI.create(BASE).resolve("/__sandbox/examples/createComposition");
        var body = HTTP.send(HttpRequest.newBuilder(example).build(), BodyHandlers.ofString()).body();
        var job = schedule(body, 1);
        if (job == null) return;
        say("scheduled " + text(job, "id") + ", eta " + text(job, "eta"));
        var end = poll(text(job, "id"), text(job, "eta"));
        var sent = dataOf(body);
        if ("FAILED".equals(text(end, "status"))) say("FAILED: " + reasonOf(end));
        else if (end != null) readResult(end, text(sent, "subject", "value"), text(sent, "encounter", "value"));
    }
}

/**
 * JSON as Map, List, String (numbers and booleans too) or null. The JDK has no parser; in real life take Jackson.
 * Lenient about commas, strict about the end: a text that breaks off is not JSON.
 */
class Json {
    static final Pattern TOKEN = Pattern.compile(
        "\\G\\s*([{}\\[\\]:,]|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[\\w.+-]++|\\z)");
    static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");
    private final Matcher tokens;

    private Json(String text) {
        tokens = TOKEN.matcher(text);
    }

    /** @throws IllegalArgumentException when it is not JSON, or not all of it */
    static Object read(String text) {
        var json = new Json(text);
        var value = json.value(json.next());
        if (json.tokens.find() && json.tokens.group(1).isEmpty()) return value;
        throw new IllegalArgumentException("text after JSON");
    }

    private String next() {
        if (!tokens.find() || tokens.group(1).isEmpty()) throw new IllegalArgumentException("not JSON");
        return tokens.group(1);
    }

    private Object value(String token) {
        var fields = new HashMap<String, Object>();
        var items = new ArrayList<Object>();
        switch (token) {
            case "{":
                for (var name = next(); !name.equals("}"); name = next()) {
                    if (name.equals(",")) continue;
                    if (!next().equals(":")) throw new IllegalArgumentException("not JSON: " + name);
                    fields.put(unquote(name), value(next()));
                }
                return fields;
            case "[":
                for (var item = next(); !item.equals("]"); item = next()) {
                    if (!item.equals(",")) items.add(value(item));
                }
                return items;
            default:
                return token.equals("null") ? null : unquote(token);
        }
    }

    private static String unquote(String token) {
        if (!token.startsWith("\"")) return token;
        return ESCAPE.matcher(token.substring(1, token.length() - 1)).replaceAll(found -> {
            var code = found.group(1);
            int control = "nrtbf".indexOf(code);
            if (code.length() == 5) code = "" + (char) Integer.parseInt(code.substring(1), 16);
            return Matcher.quoteReplacement(control < 0 ? code : "\n\r\t\b\f".substring(control, control + 1));
        });
    }
}
