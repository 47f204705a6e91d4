import { join } from 'node:path';
import type { Program } from './program.js';

const text = `
using System;
using System.Net.Http;
using System.Threading;

class Probe {
  static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
  static long Now() { return (long) (DateTime.UtcNow - Epoch).TotalMilliseconds; }
  static void Say(string name, long began) { Console.WriteLine(name + " " + (Now() - began)); Console.Out.Flush(); }
  static void Main() {
    string at = Environment.GetEnvironmentVariable("ESOZ_PROBE");
    long began = Now();
    Thread.Sleep(1000);
    Say("sleep", began);
    began = Now();
    new ManualResetEvent(false).WaitOne(1000);
    Say("wait", began);
    var way = new HttpClientHandler { UseProxy = false };
    var client = new HttpClient(way);
    for (int i = 0; i < 5; i++) {
      began = Now();
      client.GetStringAsync(at + "/ask?at=" + began).GetAwaiter().GetResult();
      Say("ask", began);
    }
    var hasty = new HttpClient(new HttpClientHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    // The first one compiles what it throws, which takes a tenth of a second of the machine.
    for (int i = 0; i < 2; i++) {
      began = Now();
      try { hasty.GetStringAsync(at + "/hang").GetAwaiter().GetResult(); } catch (Exception) { }
    }
    Say("limit", began);
    Environment.Exit(0);
  }
}
`;

export const mono: Program = {
  title: 'Mono',
  file: 'Probe.cs',
  text,
  compile: (file, folder) => [
    'mcs',
    `-out:${join(folder, 'Probe.exe')}`,
    '-r:System.Net.Http.dll',
    file,
  ],
  run: (_, folder, runtime) => [runtime, join(folder, 'Probe.exe')],
};
