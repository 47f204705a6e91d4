// ESOZ Sandbox for xUnit, NUnit and MSTest: .NET Standard 2.0 (any .NET, Mono), no packages. ESOZ_SANDBOX_URL names a
// sandbox that runs; without it one is started: ESOZ_SANDBOX_COMMAND, else `esoz-sandbox`.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Xml;
using System.Xml.Linq;

namespace Esoz
{
    /// <summary>The sandbox has refused a call: what is wrong, and what to do.</summary>
    public sealed class EsozException : Exception
    {
        /// <summary>Such as SCENARIO_UNKNOWN.</summary>
        public string Code { get; }

        public EsozException(string code, string message) : base(code + ": " + message)
        {
            Code = code;
        }
    }

    /// <summary>The client has not polled as it should; the message says why, and what to change.</summary>
    public sealed class EsozAssertionException : Exception
    {
        public EsozAssertionException(string message) : base(message) { }
    }

    /// <summary>A sandbox that runs, here or elsewhere. With xUnit: IClassFixture&lt;EsozSandbox&gt;.</summary>
    public sealed class EsozSandbox : IDisposable
    {
        private static readonly HttpClient Http = new HttpClient();
        private readonly string given;
        private readonly Process process;

        public string Url { get; }

        /// <summary>The one at ESOZ_SANDBOX_URL, else one of its own.</summary>
        public EsozSandbox() : this("") { }

        /// <param name="arguments">those of `serve`, where one is started</param>
        public EsozSandbox(string arguments)
        {
            var address = Environment.GetEnvironmentVariable("ESOZ_SANDBOX_URL");
            if (string.IsNullOrEmpty(address)) address = Start(arguments, out process);
            var uri = new Uri(address);
            Url = uri.GetLeftPart(UriPartial.Authority);
            // `esoz-sandbox exec` has begun a session for the whole command, and judges that.
            var name = Regex.Match(uri.AbsolutePath, "^/~([^/]+)");
            given = name.Success ? Uri.UnescapeDataString(name.Groups[1].Value) : null;
        }

        private static string Start(string arguments, out Process process)
        {
            var named = Environment.GetEnvironmentVariable("ESOZ_SANDBOX_COMMAND") ?? "esoz-sandbox";
            var command = named.Split(new[] { ' ' }, 2);
            var rest = (command.Length > 1 ? command[1] + " " : "") + "serve --port 0 --json --ends-with-stdin " + arguments;
            var isScript = Environment.OSVersion.Platform == PlatformID.Win32NT
                && !command[0].EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
            var start = isScript
                ? new ProcessStartInfo("cmd", "/c " + command[0] + " " + rest)
                : new ProcessStartInfo(command[0], rest);
            // Nothing is written there: it closes when this process ends, even when it is killed.
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.UseShellExecute = false;
            try
            {
                process = Process.Start(start);
            }
            catch (Exception)
            {
                throw new EsozException("SANDBOX_NOT_FOUND", "there is no " + command[0] + "; install it, name it in "
                    + "ESOZ_SANDBOX_COMMAND, or name a running one in ESOZ_SANDBOX_URL");
            }
            var first = process.StandardOutput.ReadLine();
            if (first == null) throw new EsozException("SANDBOX_NOT_STARTED", command[0] + " has ended at once");
            // Nobody reads on: it has to have somewhere to write.
            var started = process;
            new Thread(() =>
            {
                while (started.StandardOutput.ReadLine() != null) { }
            }) { IsBackground = true }.Start();
            AppDomain.CurrentDomain.ProcessExit += (_, __) => End(started);
            return (string)Json.Read(first).Element("url");
        }

        /// <summary>A session of its own.</summary>
        public EsozSession Session(string name = "test")
        {
            if (given != null) return new EsozSession(this, given, true);
            var plain = Regex.Replace(name, @"[^\w.-]+", "-");
            var end = Guid.NewGuid().ToString("N").Substring(0, 8);
            var session = new EsozSession(this, plain.Substring(0, Math.Min(50, plain.Length)) + "-" + end, false);
            session.Set("{}");
            return session;
        }

        /// <summary>Calls the control API.</summary>
        /// <param name="body">JSON, or null</param>
        /// <returns>the answer's JSON, as it stands</returns>
        /// <exception cref="EsozException">where it refuses</exception>
        public string Call(string method, string path, string body = null)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), Url + "/__sandbox" + path);
            request.Headers.Add("Accept", "application/json");
            var token = Environment.GetEnvironmentVariable("ESOZ_CONTROL_TOKEN");
            if (!string.IsNullOrEmpty(token)) request.Headers.Add("X-Sandbox-Token", token);
            if (body != null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using (var answer = Http.SendAsync(request).GetAwaiter().GetResult())
            {
                var text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
                if (answer.IsSuccessStatusCode) return text;
                var error = Json.Read(text).Element("error");
                var message = (string)error.Element("message");
                foreach (var slip in error.Elements("invalid").Elements())
                    message += "; " + (string)slip.Element("at") + ": " + (string)slip.Element("description");
                throw new EsozException((string)error.Element("code"), message);
            }
        }

        /// <summary>Ends it, where it was started here.</summary>
        public void Dispose()
        {
            if (process != null) End(process);
        }

        private static void End(Process process)
        {
            try
            {
                process.StandardInput.Close();
                if (!process.HasExited) process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has been disposed of.
            }
        }
    }

    /// <summary>Jobs, clock and journal that no other test sees. The client's base URL is Url; the API lies below it.</summary>
    public sealed class EsozSession : IDisposable
    {
        private readonly EsozSandbox sandbox;
        private readonly bool given;
        private readonly string path;

        public string Name { get; }

        public string Url { get; }

        /// <summary>What has happened in it, to be seen in a browser.</summary>
        public string Page { get; }

        internal EsozSession(EsozSandbox sandbox, string name, bool given)
        {
            this.sandbox = sandbox;
            this.given = given;
            Name = name;
            path = "/sessions/" + Uri.EscapeDataString(name);
            Url = sandbox.Url + "/~" + Uri.EscapeDataString(name);
            Page = sandbox.Url + "/__sandbox/#" + path;
        }

        /// <param name="setup">JSON as PUT /__sandbox/sessions/NAME takes it: scenario, clock, chaos</param>
        public void Set(string setup)
        {
            sandbox.Call("PUT", path, setup);
        }

        /// <summary>Every job lives this scenario: Scenario.DoneAfterEta, or the name of one of your own.</summary>
        public void Choose(string scenario)
        {
            Set("{\"scenario\":" + Json.Quoted(scenario) + "}");
        }

        /// <summary>The next jobs live this scenario.</summary>
        public void Next(string scenario, int times = 1)
        {
            var count = times.ToString(CultureInfo.InvariantCulture);
            sandbox.Call("POST", path + "/next", "{\"scenario\":" + Json.Quoted(scenario) + ",\"times\":" + count + "}");
        }

        /// <summary>Time stands still until it is advanced.</summary>
        /// <param name="now">the moment that it shows, as in 2026-01-31T08:00:00Z</param>
        public void ManualClock(string now = null)
        {
            Set("{\"clock\":{\"mode\":\"manual\"" + (now == null ? "" : ",\"now\":" + Json.Quoted(now)) + "}}");
        }

        /// <summary>Moves a manual clock on: "3s", "5m".</summary>
        public void Advance(string by)
        {
            sandbox.Call("POST", path + "/clock/advance", "{\"by\":" + Json.Quoted(by) + "}");
        }

        /// <summary>An example body of an operation, such as createComposition, as JSON.</summary>
        public string Example(string operation)
        {
            return sandbox.Call("GET", "/examples/" + operation);
        }

        /// <summary>JSON: {"jobs": […]}.</summary>
        public string Jobs()
        {
            return sandbox.Call("GET", path + "/jobs");
        }

        /// <summary>JSON: {"exchanges": […]}.</summary>
        public string Journal()
        {
            return sandbox.Call("GET", path + "/journal");
        }

        /// <summary>What is wrong with the client's polling, as JSON: held, causes, rules, jobs.</summary>
        public string Verdict()
        {
            return sandbox.Call("GET", path + "/verdict");
        }

        /// <exception cref="EsozAssertionException">with the causes where a rule is broken, and where no request has come</exception>
        public void AssertPolledWell()
        {
            var verdict = Heard();
            if ((string)verdict.Element("held") != "true")
                throw new EsozAssertionException(Tell("the client breaks rules", verdict.Element("causes").Elements()));
        }

        /// <exception cref="EsozAssertionException">where this rule was broken, or nothing put the client to its test</exception>
        public void AssertFollowed(string rule)
        {
            var verdict = Heard();
            var one = verdict.Element("rules").Elements().FirstOrDefault(each => (string)each.Element("rule") == rule);
            if (one == null)
            {
                // Where there is no such rule, this is refused with the name of the nearest.
                sandbox.Call("GET", path + "/verdict?tolerance=" + Uri.EscapeDataString(rule) + "=off");
                throw new EsozAssertionException(rule + " is about nothing that this API does");
            }
            var outcome = (string)one.Element("outcome");
            if (outcome == "passed") return;
            if (outcome != "failed")
                throw new EsozAssertionException(rule + " is " + outcome + ": "
                    + ((string)one.Element("reason") ?? "it was switched off")
                    + "; choose a scenario that puts the client to this test");
            var causes = verdict.Element("causes").Elements().Where(each => (string)each.Element("rule") == rule);
            throw new EsozAssertionException(Tell(rule + " is broken: " + (string)one.Element("title"), causes));
        }

        /// <summary>Forgets all that it holds.</summary>
        public void Dispose()
        {
            if (!given) sandbox.Call("DELETE", path);
        }

        private XElement Heard()
        {
            var verdict = Json.Read(Verdict());
            if ((int)verdict.Element("exchanges") == 0)
                throw new EsozAssertionException("no request has come to session " + Name
                    + "; does the client use its url, " + Url + "?");
            return verdict;
        }

        private string Tell(string what, IEnumerable<XElement> causes)
        {
            var lines = new List<string> { what + " (session " + Name + ")" };
            foreach (var cause in causes)
            {
                lines.Add("✗ " + (string)cause.Element("title"));
                lines.Add("  " + (string)cause.Element("rule") + ": " + (string)cause.Element("evidence").Element("message"));
                lines.Add("  → " + (string)cause.Element("advice"));
            }
            lines.Add("see " + Page);
            return string.Join("\n", lines);
        }
    }

    internal static class Json
    {
        /// <summary>As elements, each named like its key; those of a list are called item.</summary>
        public static XElement Read(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            using (var reader = JsonReaderWriterFactory.CreateJsonReader(bytes, XmlDictionaryReaderQuotas.Max))
                return XElement.Load(reader);
        }

        public static string Quoted(string text)
        {
            var quoted = new StringBuilder("\"");
            foreach (var sign in text)
            {
                if (sign == '"' || sign == '\\') quoted.Append('\\').Append(sign);
                else if (sign < ' ') quoted.Append("\\u").Append(((int)sign).ToString("x4", CultureInfo.InvariantCulture));
                else quoted.Append(sign);
            }
            return quoted.Append('"').ToString();
        }
    }
}
