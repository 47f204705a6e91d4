package esoz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the extension offers, shown with a client of a few lines. */
@ExtendWith(EsozExtension.class)
class EsozSandboxTest {
    private static final String NOON = "2026-01-31T12:00:00Z";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void playsTheScenarioThatIsNext(EsozSession esoz) throws Exception {
        esoz.manualClock(NOON);
        esoz.next("failed-error-list");
        String job = create(esoz);
        esoz.advance("3s");
        Map<String, Object> data = data(poll(esoz, job));
        assertEquals("FAILED", data.get("status"));
        assertEquals(1, esoz.jobs().size());
        assertEquals("failed-error-list", Json.object(esoz.jobs().get(0)).get("scenario"));
    }

    @Test
    void keepsSessionsApart(EsozSession esoz) throws Exception {
        EsozSession other = EsozSandbox.shared().session("other");
        String job = create(other);
        assertEquals(404, poll(esoz, job).statusCode());
        assertEquals(1, esoz.journal().size());
        other.end();
    }

    @Test
    void movesAManualClock(EsozSession esoz) throws Exception {
        esoz.choose("done-after-eta");
        esoz.manualClock(NOON);
        String job = create(esoz);
        assertEquals("PENDING", data(poll(esoz, job)).get("status"));
        esoz.advance("3s");
        assertEquals("DONE", data(poll(esoz, job)).get("status"));
    }

    @Test
    void findsNothingWrongWithAGoodClient(EsozSession esoz) throws Exception {
        goodClient(esoz);
        esoz.assertPolledWell();
    }

    @Test
    void namesTheCause(EsozSession esoz) throws Exception {
        hastyClient(esoz);
        String told = assertThrows(AssertionError.class, esoz::assertPolledWell).getMessage();
        assertTrue(told.contains("eta-respected: "), told);
        assertTrue(told.contains("→ "), told);
        assertTrue(told.contains(esoz.page()), told);
    }

    @Test
    void tellsARuleThatWasKeptFromOneThatWasNotTried(EsozSession esoz) throws Exception {
        goodClient(esoz);
        esoz.assertFollowed("eta-respected");
        String told = assertThrows(AssertionError.class, () -> esoz.assertFollowed("gives-up")).getMessage();
        assertTrue(told.matches("gives-up is not exercised: .*choose a scenario.*"), told);
    }

    @Test
    void saysThatNobodyHasCalled(EsozSession esoz) {
        String told = assertThrows(AssertionError.class, esoz::assertPolledWell).getMessage();
        assertTrue(told.contains("no request has come to session"), told);
    }

    @Test
    void takesTypedNames(EsozSession esoz) throws Exception {
        esoz.choose(Scenario.DONE_AFTER_ETA);
        esoz.manualClock(NOON);
        esoz.next(Scenario.FAILED_ERROR_LIST);
        String job = create(esoz);
        esoz.advance("3s");
        poll(esoz, job);
        assertEquals("failed-error-list", Json.object(esoz.jobs().get(0)).get("scenario"));
        esoz.assertFollowed(Rule.ETA_RESPECTED);
        String told = assertThrows(AssertionError.class, () -> esoz.assertFollowed(Rule.GIVES_UP)).getMessage();
        assertTrue(told.startsWith("gives-up is not exercised"), told);
    }

    @Test
    void saysWhatIsRefused(EsozSession esoz) throws Exception {
        EsozException refused = assertThrows(EsozException.class, () -> esoz.next("failed-error-lisp"));
        assertEquals("USAGE_UNKNOWN_SCENARIO", refused.code());
        assertTrue(refused.getMessage().contains("did you mean failed-error-list"), refused.getMessage());
        String setup = "{\"clock\":{\"mode\":\"manul\"}}";
        String told = assertThrows(EsozException.class, () -> esoz.set(setup)).getMessage();
        assertTrue(told.matches(".*clock.mode: .*manual"), told);
        goodClient(esoz);
        told = assertThrows(EsozException.class, () -> esoz.assertFollowed("eta-respectet")).getMessage();
        assertTrue(told.contains("did you mean eta-respected"), told);
    }

    private void goodClient(EsozSession esoz) throws Exception {
        esoz.manualClock(NOON);
        esoz.next("failed-error-list");
        String job = create(esoz);
        esoz.advance("3s");
        poll(esoz, job);
    }

    private void hastyClient(EsozSession esoz) throws Exception {
        esoz.manualClock(NOON);
        String job = create(esoz);
        poll(esoz, job);
        esoz.advance("3s");
        poll(esoz, job);
    }

    private String create(EsozSession esoz) throws Exception {
        BodyPublisher body = BodyPublishers.ofString(esoz.example("createComposition"));
        return (String) data(call(esoz, "POST", "", body)).get("id");
    }

    private HttpResponse<String> poll(EsozSession esoz, String job) throws Exception {
        return call(esoz, "GET", "/job/" + job, BodyPublishers.noBody());
    }

    private static Map<String, Object> data(HttpResponse<String> answer) {
        return Json.object(Json.object(Json.read(answer.body())).get("data"));
    }

    /** The client. */
    private HttpResponse<String> call(EsozSession esoz, String method, String path, BodyPublisher body)
        throws Exception {
        URI uri = URI.create(esoz.url() + "/api/patients/composition" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer demo")
            .header("api-key", "demo")
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
