package esoz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs, clock and journal that no other test sees. The client's base URL is {@link #url()}; the API lies below it. */
public final class EsozSession {
    private final EsozSandbox sandbox;
    private final String name;
    private final boolean given;
    private final String path;

    EsozSession(EsozSandbox sandbox, String name, boolean given) {
        this.sandbox = sandbox;
        this.name = name;
        this.given = given;
        this.path = "/sessions/" + EsozSandbox.encoded(name);
    }

    public String name() {
        return name;
    }

    public String url() {
        return sandbox.url() + "/~" + EsozSandbox.encoded(name);
    }

    /** What has happened in it, to be seen in a browser. */
    public String page() {
        return sandbox.url() + "/__sandbox/#" + path;
    }

    /** @param setup JSON as {@code PUT /__sandbox/sessions/NAME} takes it: scenario, clock, chaos */
    public void set(String setup) {
        sandbox.call("PUT", path, setup);
    }

    /** Every job lives this scenario. */
    public void choose(String scenario) {
        set("{\"scenario\":" + Json.quoted(scenario) + "}");
    }

    /** Every job lives this scenario. */
    public void choose(Scenario scenario) {
        choose(scenario.toString());
    }

    /** The next job lives this scenario. */
    public void next(String scenario) {
        next(scenario, 1);
    }

    /** The next job lives this scenario. */
    public void next(Scenario scenario) {
        next(scenario, 1);
    }

    /** The next jobs live this scenario. */
    public void next(Scenario scenario, int times) {
        next(scenario.toString(), times);
    }

    /** The next jobs live this scenario. */
    public void next(String scenario, int times) {
        String body = "{\"scenario\":" + Json.quoted(scenario) + ",\"times\":" + times + "}";
        sandbox.call("POST", path + "/next", body);
    }

    /** Time stands still until it is advanced. */
    public void manualClock() {
        set("{\"clock\":{\"mode\":\"manual\"}}");
    }

    /** @param now the moment that it shows, as in 2026-01-31T08:00:00Z */
    public void manualClock(String now) {
        set("{\"clock\":{\"mode\":\"manual\",\"now\":" + Json.quoted(now) + "}}");
    }

    /** Moves a manual clock on: {@code 3s}, {@code 5m}. */
    public void advance(String by) {
        sandbox.call("POST", path + "/clock/advance", "{\"by\":" + Json.quoted(by) + "}");
    }

    /** An example body of an operation, such as createComposition, as JSON. */
    public String example(String operation) {
        return Json.write(sandbox.call("GET", "/examples/" + operation, null));
    }

    public List<Object> jobs() {
        return Json.list(Json.object(sandbox.call("GET", path + "/jobs", null)).get("jobs"));
    }

    public List<Object> journal() {
        return Json.list(Json.object(sandbox.call("GET", path + "/journal", null)).get("exchanges"));
    }

    /** What is wrong with the client's polling, as JSON has it: held, causes, rules, jobs. */
    public Map<String, Object> verdict() {
        return Json.object(sandbox.call("GET", path + "/verdict", null));
    }

    /** @throws AssertionError with the causes where a rule is broken, and where no request has come */
    public void assertPolledWell() {
        Map<String, Object> verdict = heard();
        if (!Boolean.TRUE.equals(verdict.get("held")))
            throw new AssertionError(tell("the client breaks rules", Json.list(verdict.get("causes"))));
    }

    /** @throws AssertionError where this rule was broken, or where nothing put the client to its test */
    public void assertFollowed(Rule rule) {
        assertFollowed(rule.toString());
    }

    /** @throws AssertionError where this rule was broken, or where nothing put the client to its test */
    public void assertFollowed(String rule) {
        Map<String, Object> verdict = heard();
        Map<String, Object> one = null;
        for (Object each : Json.list(verdict.get("rules")))
            if (rule.equals(Json.object(each).get("rule"))) one = Json.object(each);
        if (one == null) {
            // Where there is no such rule, this is refused with the name of the nearest.
            sandbox.call("GET", path + "/verdict?tolerance=" + EsozSandbox.encoded(rule) + "=off", null);
            throw new AssertionError(rule + " is about nothing that this API does");
        }
        Object outcome = one.get("outcome");
        if ("passed".equals(outcome)) return;
        if (!"failed".equals(outcome)) {
            Object reason = one.getOrDefault("reason", "it was switched off");
            throw new AssertionError(rule + " is " + outcome + ": " + reason
                + "; choose a scenario that puts the client to this test");
        }
        List<Object> causes = new ArrayList<>(Json.list(verdict.get("causes")));
        causes.removeIf(cause -> !rule.equals(Json.object(cause).get("rule")));
        throw new AssertionError(tell(rule + " is broken: " + one.get("title"), causes));
    }

    /** Forgets all that it holds. */
    public void end() {
        if (!given) sandbox.call("DELETE", path, null);
    }

    private Map<String, Object> heard() {
        Map<String, Object> verdict = verdict();
        if (((Number) verdict.get("exchanges")).intValue() == 0)
            throw new AssertionError(
                "no request has come to session " + name + "; does the client use its url, " + url() + "?");
        return verdict;
    }

    private String tell(String what, List<Object> causes) {
        StringBuilder text = new StringBuilder(what + " (session " + name + ")");
        for (Object each : causes) {
            Map<String, Object> cause = Json.object(each);
            Object message = Json.object(cause.get("evidence")).get("message");
            text.append("\n✗ ").append(cause.get("title"));
            text.append("\n  ").append(cause.get("rule")).append(": ").append(message);
            text.append("\n  → ").append(cause.get("advice"));
        }
        return text.append("\nsee ").append(page()).toString();
    }
}
