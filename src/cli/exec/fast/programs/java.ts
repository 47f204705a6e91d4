import { dirname, join } from 'node:path';
import type { Program } from './program.js';

const text = `
import java.net.*;
import java.net.http.*;
import java.time.Duration;

public class Probe {
  static long now() { return System.currentTimeMillis(); }
  static void say(String name, long began) { System.out.println(name + " " + (now() - began)); System.out.flush(); }
  public static void main(String[] none) throws Exception {
    String base = System.getenv("ESOZ_PROBE");
    long began = now();
    Thread.sleep(1000);
    say("sleep", began);
    began = now();
    Object sign = new Object();
    synchronized (sign) { sign.wait(1000); }
    say("wait", began);
    HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    for (int i = 0; i < 5; i++) {
      began = now();
      HttpRequest ask = HttpRequest.newBuilder(URI.create(base + "/ask?at=" + began)).build();
      client.send(ask, HttpResponse.BodyHandlers.ofString());
      say("ask", began);
    }
    began = now();
    try {
      HttpRequest hang = HttpRequest.newBuilder(URI.create(base + "/hang")).timeout(Duration.ofSeconds(5)).build();
      client.send(hang, HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException late) {
      // as it should be
    }
    say("limit", began);
    System.exit(0);
  }
}
`;

/** The compiler beside it: a JDK's, which a JRE lacks. */
const compilerOf = (runtime: string) =>
  runtime.includes('/') ? join(dirname(runtime), 'javac') : 'javac';

export const java: Program = {
  title: 'Java',
  file: 'Probe.java',
  text,
  compile: (file, folder, runtime) => [compilerOf(runtime), '-d', folder, file],
  run: (_, folder, runtime) => [runtime, '-XX:TieredStopAtLevel=1', '-cp', folder, 'Probe'],
};
