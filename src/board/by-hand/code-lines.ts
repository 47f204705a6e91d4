/** What the first lines of a client need. */
export interface FirstRequest {
  /** Base URL of the session. */
  base: string;
  /** Where an example of the body is. */
  example: string;
  method: string;
  /** Below the base URL. */
  path: string;
  headers: Readonly<Record<string, string>>;
}

/** A few lines that send an example to a session, by language: nothing but what comes with it. */
export const CODE: Readonly<Record<string, (request: FirstRequest) => string>> = {
  PHP: php,
  'C#': csharp,
  Java: java,
  Python: python,
  JavaScript: javascript,
};

function php({ base, example, method, path, headers }: FirstRequest): string {
  const named = Object.entries(headers).map(([name, value]) => single(`${name}: ${value}`));
  return `<?php
$base = ${single(base)};
$body = file_get_contents(${single(example)});
$request = ['method' => ${single(method)}, 'header' => [${named.join(', ')}], 'content' => $body, 'ignore_errors' => true];
echo file_get_contents($base . ${single(path)}, false, stream_context_create(['http' => $request]));
`;
}

function csharp({ base, example, method, path, headers }: FirstRequest): string {
  const named = others(headers).map(
    ([name, value]) => `\n        request.Headers.Add(${text(name)}, ${text(value)});`,
  );
  return `using System; using System.Net.Http; using System.Text;
class Program {
    static void Main() {
        var http = new HttpClient();
        var body = http.GetStringAsync(${text(example)}).Result;
        var request = new HttpRequestMessage(new HttpMethod(${text(method)}), ${text(base)} + ${text(path)});${named.join('')}
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        Console.WriteLine(http.SendAsync(request).Result.Content.ReadAsStringAsync().Result);
    }
}
`;
}

function java({ base, example, method, path, headers }: FirstRequest): string {
  const named = Object.entries(headers).map(
    ([name, value]) => `.header(${text(name)}, ${text(value)})`,
  );
  return `import java.net.URI; import java.net.http.*; import java.net.http.HttpResponse.BodyHandlers;
class Main {
    public static void main(String[] args) throws Exception {
        var http = HttpClient.newHttpClient();
        var body = http.send(HttpRequest.newBuilder(URI.create(${text(example)})).build(), BodyHandlers.ofString()).body();
        var request = HttpRequest.newBuilder(URI.create(${text(base)} + ${text(path)}))${named.join('')}.method(${text(method)}, HttpRequest.BodyPublishers.ofString(body)).build();
        System.out.println(http.send(request, BodyHandlers.ofString()).body());
    }
}
`;
}

function python({ base, example, method, path, headers }: FirstRequest): string {
  const named = Object.entries(headers).map(([name, value]) => `${text(name)}: ${text(value)}`);
  return `from urllib.request import Request, urlopen
base = ${text(base)}
body = urlopen(${text(example)}).read()
request = Request(base + ${text(path)}, body, {${named.join(', ')}}, method=${text(method)})
print(urlopen(request).read().decode())
`;
}

function javascript({ base, example, method, path, headers }: FirstRequest): string {
  return `const base = ${text(base)};
const body = await (await fetch(${text(example)})).text();
const headers = ${JSON.stringify(headers)};
const answer = await fetch(base + ${text(path)}, { method: ${text(method)}, headers, body });
console.log(await answer.text());
`;
}

/** Headers of a content stand with the content. */
function others(headers: FirstRequest['headers']): [string, string][] {
  return Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
}

/** Escapes of JSON are those of C#, Java, Python and JavaScript. */
function text(value: string): string {
  return JSON.stringify(value);
}

/** PHP: in single quotes nothing has a meaning but the backslash and the quote. */
function single(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
