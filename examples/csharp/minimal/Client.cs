// Creates a composition: the least of a poller that is right. .NET 6 or later, or Mono; no packages.
using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading.Tasks;
using System.Xml.Linq;

public static class Client
{
    static readonly string Base = Environment.GetEnvironmentVariable("ESOZ_SANDBOX_URL") ?? "http://127.0.0.1:4010";
    static readonly HttpClient Http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
    static string token = "demo";

    /// <summary>Status (0: no answer that can be read), data (JSON as XML), Retry-After in seconds.</summary>
    static async Task<(int, XElement, double)> Call(HttpMethod method, string path, string body = null, bool renewed = false)
    {
        var request = new HttpRequestMessage(method, Base + "/api" + path);
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("api-key", "demo");
        request.Headers.ConnectionClose = true; // HttpClient repeats by itself on a used connection
        if (body != null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            var answer = await Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var (status, wait) = ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0);
            if (status == 200) return (status, Json(text).Element("data"), wait);
            if (status != 401 || renewed) return (status, null, wait);
        }
        catch (Exception) { return (0, null, 0); } // no answer, or one that is no JSON
        token += "-renewed"; // in real life: ask the authorisation server
        await Task.Delay(1000);
        return await Call(method, path, body, true);
    }

    static XElement Json(string text) => XDocument.Load(
        JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(text), System.Xml.XmlDictionaryReaderQuotas.Max)).Root;

    /// <summary>Seconds to wait: until eta, and a second at the least.</summary>
    static double Until(string eta) =>
        DateTimeOffset.TryParse(eta, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Math.Max(1, (moment - DateTimeOffset.UtcNow).TotalSeconds + 0.002) : 1;

    /// <summary>The job at its end; null when it is lost, or patience is over.</summary>
    static async Task<XElement> Poll(string id, string eta)
    {
        var deadline = DateTimeOffset.UtcNow.AddMinutes(10);
        var (pause, missing, failures) = (Until(eta), 0, 0);
        while (missing < 3 && failures < 8 && DateTimeOffset.UtcNow.AddSeconds(pause) < deadline)
        {
            await Task.Delay(TimeSpan.FromSeconds(pause));
            var (status, job, wait) = await Call(HttpMethod.Get, "/patients/composition/job/" + id);
            var told = (string)job?.Element("status");
            if (told == "DONE" || told == "FAILED") return job;
            if (job != null) (pause, missing, failures) = (Until((string)job.Element("eta")), 0, 0); // the newest eta counts
            else if (status >= 500 || new[] { 0, 200, 404, 429 }.Contains(status))
            {
                missing += status == 404 ? 1 : 0;
                pause = Math.Max(wait, Math.Pow(2, failures++)); // it may pass: ask again, each time later
            }
            else return null;
        }
        return null;
    }

    /// <summary>Schedules the composition that the JSON text tells, and says what became of it.</summary>
    public static async Task<string> Submit(string body)
    {
        var (status, job, _) = await Call(HttpMethod.Post, "/patients/composition", body);
        var end = job == null ? null : await Poll((string)job.Element("id"), (string)job.Element("eta"));
        // Not sent again: what broke off on its way back may have been scheduled.
        if (end == null) return job == null ? $"not scheduled: {status}" : "outcome unknown";
        if ((string)end.Element("status") == "FAILED") return $"FAILED: {end}";
        Func<string, string> sent = name => (string)Json(body).Element(name).Element("value");
        var made = end.Descendants("href").First().Value.Split('/').Last();
        var path = $"/patients/{sent("subject")}/encounter/{sent("encounter")}/composition/{made}";
        var read = await Call(HttpMethod.Get, path);
        return $"DONE, read {made}: {(string)read.Item2?.Element("status") ?? read.Item1.ToString()}";
    }

    static void Main()
    {
        var origin = new Uri(Base).GetLeftPart(UriPartial.Authority);
        Console.WriteLine(Submit(Http.GetStringAsync(origin + "/__sandbox/examples/createComposition").Result).Result);
        Environment.Exit(0); // after a plain return, Mono may wait a minute for its idle threads
    }
}
