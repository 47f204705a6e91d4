import { headersOf, quoted, type SentRequest } from './sent-request.js';

/** Java 11 and later: `java Ask.java`. */
export function java(request: SentRequest): string {
  const { method, url, body } = request;
  const headers = headersOf(request).map(
    ([name, value]) => `            .header(${quoted(name)}, ${quoted(value)})\n`,
  );
  const publisher =
    body === undefined ? 'BodyPublishers.noBody()' : `BodyPublishers.ofString(${quoted(body)})`;
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

class Ask {
    public static void main(String[] args) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(${quoted(url)}))
            .method(${quoted(method)}, ${publisher})
${headers.join('')}            .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        System.out.println(answer.statusCode());
        System.out.println(answer.body());
    }
}
`;
}
