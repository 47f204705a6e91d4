// With xUnit: a sandbox for all tests of the class, a session for each test.
using System;
using Xunit;

namespace Esoz.Tests
{
    public sealed class WithXunit : IClassFixture<EsozSandbox>, IDisposable
    {
        private readonly EsozSession esoz;

        public WithXunit(EsozSandbox sandbox)
        {
            esoz = sandbox.Session("xunit");
        }

        public void Dispose()
        {
            esoz.Dispose();
        }

        [Theory]
        [InlineData(Scenario.FailedErrorList)]
        [InlineData(Scenario.DoneAfterEta)]
        public void PollsWell(string scenario)
        {
            esoz.Next(scenario);
            // Your client comes here: new MyClient(esoz.Url + "/api").Run(…);
            esoz.AssertPolledWell();
        }

        [Fact]
        public void GivesUp()
        {
            esoz.Next(Scenario.NeverEnds);
            // And here.
            esoz.AssertFollowed(Rule.GivesUp);
        }
    }
}
