// Creates a composition, polls its job, reads the result. .NET 6 or later, or Mono; no packages.
using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;

class Answer
{
    public int Status; // 0: no answer came
    public string Text;
    public XElement Data; // null when the text is not JSON
    public double? RetryAfter; // seconds
}

static class Poller
{
    static readonly string Base = Env("ESOZ_SANDBOX_URL") ?? "http://127.0.0.1:4010";
    static readonly double Pace = Number("ESOZ_PACE", 1); // the sandbox may run faster
    static readonly double Patience = Number("ESOZ_PATIENCE_SECONDS", 600) / Pace;
    static readonly double Least = 1 / Pace; // between two polls
    static readonly HttpClient Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
    {
        Timeout = Seconds(Number("ESOZ_TIMEOUT_SECONDS", 10)), // covers the body too
    };
    static string token = Env("ESOZ_TOKEN") ?? "demo";

    static string NewToken() => token + "-renewed"; // in real life: ask the authorisation server

    static string Env(string name) => Environment.GetEnvironmentVariable(name);

    static double Number(string name, double otherwise) =>
        Env(name) == null ? otherwise : double.Parse(Env(name), CultureInfo.InvariantCulture);

    static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(seconds * 1000);

    static async Task SleepUntil(DateTimeOffset moment)
    {
        TimeSpan left;
        while ((left = moment - DateTimeOffset.UtcNow) > TimeSpan.Zero) await Task.Delay(left);
    }

    /// <summary>When to ask next: after so many seconds, and not before eta (RFC 3339) nor at once.</summary>
    static DateTimeOffset After(double wait, string eta = null)
    {
        var soonest = DateTimeOffset.UtcNow + Seconds(Math.Max(wait, Least));
        var told = DateTimeOffset.TryParse(
            eta, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        return told && moment > soonest ? moment : soonest;
    }

    /// <summary>Retry-After in seconds: a number or a date (RFC 9110 §10.2.3); null without it.</summary>
    static double? Asked(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var given)) return null;
        var text = given.First();
        var now = DateTimeOffset.UtcNow;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number < 1e9) return number;
            // Some platforms send a moment in place of a length: Unix seconds, or milliseconds.
            return ((number > 1e11 ? number : number * 1000) - now.ToUnixTimeMilliseconds()) / 1000.0;
        }
        var told = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date);
        return told ? (date - now).TotalSeconds : (double?)null;
    }

    /// <summary>One request. A 401 gets a new token and one more try.</summary>
    static async Task<Answer> Call(HttpMethod method, string path, string body = null, bool renewed = false)
    {
        var request = new HttpRequestMessage(method, Base + "/api" + path);
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("api-key", Env("ESOZ_API_KEY") ?? "demo");
        request.Headers.ConnectionClose = true; // HttpClient repeats by itself on a used connection
        if (body != null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            var response = await Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var answer = new Answer { Status = (int)response.StatusCode, Text = text, Data = DataOf(text) };
            answer.RetryAfter = Asked(response);
            if (answer.Status != 401 || renewed) return answer;
        }
        catch (Exception error) when (error is HttpRequestException || error is TaskCanceledException)
        {
            return new Answer { Text = "no answer, " + error.GetType().Name };
        }
        Console.WriteLine("401: going on with a new token");
        token = NewToken();
        await SleepUntil(After(Least));
        return await Call(method, path, body, true);
    }

    /// <summary>JSON as XML: what data holds, or all of it without such an envelope; null when it is not JSON.</summary>
    static XElement DataOf(string text)
    {
        // Mono's reader takes a text that breaks off for a whole one; its brackets do not pair.
        var bare = Regex.Replace(text, "\"(?:[^\"\\\\]|\\\\.)*\"", "");
        if (bare.Count(mark => "{[".Contains(mark)) != bare.Count(mark => "]}".Contains(mark))) return null;
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var reader = JsonReaderWriterFactory.CreateJsonReader(bytes, XmlDictionaryReaderQuotas.Max);
            var json = XDocument.Load(reader).Root;
            return json.Element("data") ?? json;
        }
        catch (Exception) // of many kinds, after what is wrong
        {
            return null;
        }
    }

    /// <summary>A field's text; null when it is missing, null or empty.</summary>
    static string Field(XElement json, string name) =>
        json?.Elements(name).Select(field => field.Value).FirstOrDefault(text => text != "");

    static async Task<XElement> Schedule(string body, int tries = 1)
    {
        var answer = await Call(HttpMethod.Post, "/patients/composition", body);
        var status = answer.Status;
        if (status >= 200 && status < 300 && Field(answer.Data, "id") != null) return answer.Data;
        var refused = (status == 429 || status == 503) && answer.RetryAfter != null;
        if (refused && tries < 4)
        {
            Console.WriteLine($"{status}: no job was made, scheduling again in {answer.RetryAfter} s");
            await SleepUntil(After(answer.RetryAfter.Value));
            return await Schedule(body, tries + 1);
        }
        // What may have been scheduled is not sent again: that could make two compositions.
        var known = refused || (status >= 400 && status < 500);
        var what = known ? "not scheduled" : "outcome unknown, not sent again";
        Console.WriteLine($"{what}: {status} {answer.Text}");
        return null;
    }

    /// <summary>The job at its end; null when we stop before.</summary>
    static async Task<XElement> Poll(string id, string eta)
    {
        var deadline = DateTimeOffset.UtcNow + Seconds(Patience);
        var turn = After(Least, eta);
        int missing = 0, passing = 0; // failures since the last good answer
        while (turn <= deadline && missing < 3 && passing < 8)
        {
            await SleepUntil(turn);
            var answer = await Call(HttpMethod.Get, "/patients/composition/job/" + id);
            var (status, job) = (answer.Status, answer.Data);
            if (status == 200 && job != null)
            {
                var word = Field(job, "status");
                if (word == "DONE" || word == "FAILED") return job;
                Console.WriteLine($"{word ?? "no status"}, eta {Field(job, "eta")}"); // an unknown word is no end
                turn = After(Least, Field(job, "eta"));
                missing = passing = 0;
            }
            else if (status >= 400 && status < 500 && status != 404 && status != 429)
            {
                Console.WriteLine($"stopped: {status} {answer.Text}");
                return null;
            }
            else
            {
                var times = status == 404 ? ++missing : ++passing; // a new job may not be visible at once
                Console.WriteLine($"failure {times}: {(status == 0 ? answer.Text : status.ToString())}");
                turn = After(answer.RetryAfter ?? Math.Min(Math.Pow(2, times - 1), 30) * Least);
            }
        }
        Console.WriteLine("gave up, outcome unknown");
        return null;
    }

    /// <summary>The reason of a FAILED job stands in one of six places.</summary>
    static string ReasonOf(XElement job)
    {
        var error = job.Elements("error").DescendantsAndSelf().ToList();
        var rules = error.Elements("rules").Elements("item");
        return job.Elements("links").Elements("item").Elements("error")
            .Concat(error.Elements("message"))
            .Concat(job.Elements("response_data").Elements("error").Elements("message"))
            .Select(text => text.Value)
            .Concat(rules.Select(rule => Field(rule, "code") + ": " + Field(rule, "description")))
            .FirstOrDefault(text => text != "") ?? "no reason is given";
    }

    static async Task ReadResult(XElement job, string patient, string encounter)
    {
        var links = job.Elements("links").Elements("item");
        var id = links.Select(link => Field(link, "href")).FirstOrDefault(href => href != null)?.Split('/').Last();
        if (id == null) // no usable link: the newest composition of the encounter
        {
            var query = $"subject={patient}&encounter={encounter}";
            var found = await Call(HttpMethod.Get, "/patients/searchComposition?" + query);
            var newest = found.Data?.Elements("item").OrderBy(one => Field(one, "date")).LastOrDefault();
            id = Field(newest?.Element("identifier"), "value");
        }
        var path = $"/patients/{patient}/encounter/{encounter}/composition/{id}";
        var answer = id == null ? new Answer { Text = "not found" } : await Call(HttpMethod.Get, path);
        Console.WriteLine(answer.Status == 200 && answer.Data != null
            ? $"DONE, read {id}: {Field(answer.Data, "status")} {Field(answer.Data, "title")}"
            : $"DONE, but reading {id} failed: {answer.Status} {answer.Text}");
    }

    static async Task Run()
    {
        var origin = new Uri(Base).GetLeftPart(UriPartial.Authority);
        var body = await Http.GetStringAsync(origin + "/__sandbox/examples/createComposition");
        var job = await Schedule(body);
        if (job == null) return;
        Console.WriteLine($"scheduled {Field(job, "id")}, eta {Field(job, "eta")}");
        var end = await Poll(Field(job, "id"), Field(job, "eta"));
        var (subject, encounter) = (DataOf(body).Element("subject"), DataOf(body).Element("encounter"));
        if (Field(end, "status") == "FAILED") Console.WriteLine("FAILED: " + ReasonOf(end));
        else if (end != null) await ReadResult(end, Field(subject, "value"), Field(encounter, "value"));
    }

    static void Main()
    {
        Run().GetAwaiter().GetResult();
        Environment.Exit(0); // after a plain return, Mono may wait a minute for its idle threads
    }
}
