package esoz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * ESOZ Sandbox for JUnit 5: a sandbox that runs, here or elsewhere. Java 11 or later, nothing beside the JDK.
 * {@code ESOZ_SANDBOX_URL} names one; without it one is started: {@code ESOZ_SANDBOX_COMMAND}, else {@code esoz-sandbox}.
 */
public final class EsozSandbox implements AutoCloseable {
    private static EsozSandbox shared;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String given;
    private final Process process;

    private EsozSandbox(String address, Process process) {
        URI uri = URI.create(address);
        this.url = uri.getScheme() + "://" + uri.getRawAuthority();
        // `esoz-sandbox exec` has begun a session for the whole command, and judges that.
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String name = path.startsWith("/~") ? path.substring(2).split("/", 2)[0] : "";
        this.given = name.isEmpty() ? null : URLDecoder.decode(name, StandardCharsets.UTF_8);
        this.process = process;
    }

    /** One for all tests of this run. */
    public static synchronized EsozSandbox shared() {
        if (shared == null) shared = start();
        return shared;
    }

    /** The one at ESOZ_SANDBOX_URL, else one of its own; arguments are those of {@code serve}. */
    public static EsozSandbox start(String... arguments) {
        String address = System.getenv("ESOZ_SANDBOX_URL");
        if (address != null && !address.isEmpty()) return new EsozSandbox(address, null);
        String named = System.getenv("ESOZ_SANDBOX_COMMAND");
        List<String> command = new ArrayList<>(List.of((named == null ? "esoz-sandbox" : named).split(" ")));
        String program = command.get(0);
        if (System.getProperty("os.name").startsWith("Windows") && !program.endsWith(".exe"))
            command.addAll(0, List.of("cmd", "/c"));
        command.addAll(List.of("serve", "--port", "0", "--json", "--ends-with-stdin"));
        command.addAll(Arrays.asList(arguments));
        try {
            // Nothing is written to its input: that closes when this process ends, even when it is killed.
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            BufferedReader told =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String first = told.readLine();
            if (first == null) throw new EsozException("SANDBOX_NOT_STARTED", program + " has ended at once");
            // Nobody reads on: it has to have somewhere to write.
            Thread drain = new Thread(() -> told.lines().forEach(line -> {}));
            drain.setDaemon(true);
            drain.start();
            return new EsozSandbox((String) Json.object(Json.read(first)).get("url"), process);
        } catch (IOException error) {
            throw new EsozException("SANDBOX_NOT_FOUND", "there is no " + program + "; install it, name it in "
                + "ESOZ_SANDBOX_COMMAND, or name a running one in ESOZ_SANDBOX_URL");
        }
    }

    public String url() {
        return url;
    }

    /** A session of its own. */
    public EsozSession session(String name) {
        if (given != null) return new EsozSession(this, given, true);
        String plain = name.replaceAll("[^\\w.-]+", "-");
        String end = UUID.randomUUID().toString().substring(0, 8);
        EsozSession session =
            new EsozSession(this, plain.substring(0, Math.min(50, plain.length())) + "-" + end, false);
        session.set("{}");
        return session;
    }

    /**
     * Calls the control API.
     *
     * @param body JSON, or null
     * @return the answer's JSON: maps, lists, strings, numbers, booleans, null
     * @throws EsozException where it refuses
     */
    public Object call(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/__sandbox" + path))
            .header("Accept", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        String token = System.getenv("ESOZ_CONTROL_TOKEN");
        if (token != null && !token.isEmpty()) request.header("X-Sandbox-Token", token);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            Object json = answer.body().isEmpty() ? null : Json.read(answer.body());
            if (answer.statusCode() >= 400) {
                Map<String, Object> error = Json.object(Json.object(json).get("error"));
                StringBuilder message = new StringBuilder((String) error.get("message"));
                for (Object each : Json.list(error.getOrDefault("invalid", List.of()))) {
                    Map<String, Object> slip = Json.object(each);
                    message.append("; ").append(slip.get("at")).append(": ").append(slip.get("description"));
                }
                throw new EsozException((String) error.get("code"), message.toString());
            }
            return json;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(error);
        }
    }

    /** Ends it, where it was started here. */
    @Override
    public void close() {
        // Destroying it closes its input, too.
        if (process != null) process.destroy();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
