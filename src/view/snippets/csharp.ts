import { headersOf, quoted, type SentRequest } from './sent-request.js';

/** Headers that belong to the body (System.Net.Http.Headers.HttpContentHeaders). */
const OF_BODY = /^(content-.*|allow|expires|last-modified)$/i;

export function csharp(request: SentRequest): string {
  const { method, url, body } = request;
  const all = headersOf(request);
  const add = (target: string, headers: typeof all) =>
    headers
      .map(
        ([name, value]) =>
          `        ${target}.TryAddWithoutValidation(${quoted(name)}, ${quoted(value)});\n`,
      )
      .join('');
  const own = all.filter(([name]) => !OF_BODY.test(name));
  const ofBody = all.filter(([name]) => OF_BODY.test(name));
  const content =
    body === undefined
      ? ''
      : `        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(${quoted(body)}));
${add('request.Content.Headers', ofBody)}`;
  return `using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

class Ask
{
    static void Main() => Send().GetAwaiter().GetResult();

    static async Task Send()
    {
        var request = new HttpRequestMessage(new HttpMethod(${quoted(method)}), ${quoted(url)});
${add('request.Headers', own)}${content}        var answer = await new HttpClient().SendAsync(request);
        Console.WriteLine((int)answer.StatusCode);
        Console.WriteLine(await answer.Content.ReadAsStringAsync());
    }
}
`;
}
