// What the fixture offers, shown with a client of a few lines. The attributes are those of NUnit; with xUnit [Fact] takes
// the place of [Test], and the class takes EsozSandbox from IClassFixture<EsozSandbox>.
using System;
using System.Net.Http;
using System.Text;
using NUnit.Framework;

namespace Esoz.Tests
{
    [TestFixture]
    public sealed class EsozSandboxTest
    {
        private const string Noon = "2026-01-31T12:00:00Z";
        private static readonly HttpClient Http = new HttpClient();
        private EsozSandbox sandbox;
        private EsozSession esoz;

        [TestFixtureSetUp]
        public void Start()
        {
            sandbox = new EsozSandbox();
        }

        [TestFixtureTearDown]
        public void Stop()
        {
            sandbox.Dispose();
        }

        [SetUp]
        public void Begin()
        {
            esoz = sandbox.Session(TestContext.CurrentContext.Test.Name);
        }

        [TearDown]
        public void End()
        {
            esoz.Dispose();
        }

        [Test]
        public void PlaysTheScenarioThatIsNext()
        {
            esoz.ManualClock(Noon);
            esoz.Next("failed-error-list");
            var job = Create(esoz);
            esoz.Advance("3s");
            var answer = Poll(esoz, job).Item2;
            StringAssert.Contains("\"status\":\"FAILED\"", answer);
            StringAssert.Contains("\"scenario\":\"failed-error-list\"", esoz.Jobs());
        }

        [Test]
        public void KeepsSessionsApart()
        {
            using (var other = sandbox.Session("other"))
            {
                var job = Create(other);
                Assert.AreEqual(404, Poll(esoz, job).Item1);
                StringAssert.Contains("\"seq\":1", esoz.Journal());
                StringAssert.DoesNotContain("\"seq\":2", esoz.Journal());
            }
        }

        [Test]
        public void MovesAManualClock()
        {
            esoz.Choose("done-after-eta");
            esoz.ManualClock(Noon);
            var job = Create(esoz);
            StringAssert.Contains("\"status\":\"PENDING\"", Poll(esoz, job).Item2);
            esoz.Advance("3s");
            StringAssert.Contains("\"status\":\"DONE\"", Poll(esoz, job).Item2);
        }

        [Test]
        public void FindsNothingWrongWithAGoodClient()
        {
            GoodClient();
            esoz.AssertPolledWell();
        }

        [Test]
        public void NamesTheCause()
        {
            HastyClient();
            var told = Assert.Throws<EsozAssertionException>(() => esoz.AssertPolledWell()).Message;
            StringAssert.Contains("eta-respected: ", told);
            StringAssert.Contains("→ ", told);
            StringAssert.Contains(esoz.Page, told);
        }

        [Test]
        public void TellsARuleThatWasKeptFromOneThatWasNotTried()
        {
            GoodClient();
            esoz.AssertFollowed("eta-respected");
            var told = Assert.Throws<EsozAssertionException>(() => esoz.AssertFollowed("gives-up")).Message;
            StringAssert.IsMatch("^gives-up is not exercised: .*choose a scenario", told);
        }

        [Test]
        public void SaysThatNobodyHasCalled()
        {
            var told = Assert.Throws<EsozAssertionException>(() => esoz.AssertPolledWell()).Message;
            StringAssert.Contains("no request has come to session", told);
        }

        [TestCase(Scenario.FailedErrorList, TestName = "TakesTypedNames")]
        public void TakesTypedNames(string scenario)
        {
            GoodClient(scenario);
            StringAssert.Contains("\"scenario\":\"failed-error-list\"", esoz.Jobs());
            esoz.AssertFollowed(Rule.EtaRespected);
            var told = Assert.Throws<EsozAssertionException>(() => esoz.AssertFollowed(Rule.GivesUp)).Message;
            StringAssert.StartsWith("gives-up is not exercised", told);
        }

        [Test]
        public void SaysWhatIsRefused()
        {
            var refused = Assert.Throws<EsozException>(() => esoz.Next("failed-error-lisp"));
            Assert.AreEqual("USAGE_UNKNOWN_SCENARIO", refused.Code);
            StringAssert.Contains("did you mean failed-error-list", refused.Message);
            var told = Assert.Throws<EsozException>(() => esoz.Set("{\"clock\":{\"mode\":\"manul\"}}")).Message;
            StringAssert.IsMatch("clock.mode: .*manual", told);
            GoodClient();
            told = Assert.Throws<EsozException>(() => esoz.AssertFollowed("eta-respectet")).Message;
            StringAssert.Contains("did you mean eta-respected", told);
        }

        private void GoodClient(string scenario = "failed-error-list")
        {
            esoz.ManualClock(Noon);
            esoz.Next(scenario);
            var job = Create(esoz);
            esoz.Advance("3s");
            Poll(esoz, job);
        }

        private void HastyClient()
        {
            esoz.ManualClock(Noon);
            var job = Create(esoz);
            Poll(esoz, job);
            esoz.Advance("3s");
            Poll(esoz, job);
        }

        private static string Create(EsozSession session)
        {
            var answer = Call(session, "POST", "", session.Example("createComposition")).Item2;
            const string before = "\"id\":\"";
            return answer.Substring(answer.IndexOf(before, StringComparison.Ordinal) + before.Length, 36);
        }

        private static Tuple<int, string> Poll(EsozSession session, string job)
        {
            return Call(session, "GET", "/job/" + job, null);
        }

        /// <summary>The client: status and text of a call of the API.</summary>
        private static Tuple<int, string> Call(EsozSession session, string method, string path, string body)
        {
            var url = session.Url + "/api/patients/composition" + path;
            var request = new HttpRequestMessage(new HttpMethod(method), url);
            request.Headers.Add("Authorization", "Bearer demo");
            request.Headers.Add("api-key", "demo");
            if (body != null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using (var answer = Http.SendAsync(request).Result)
                return Tuple.Create((int)answer.StatusCode, answer.Content.ReadAsStringAsync().Result);
        }
    }
}
