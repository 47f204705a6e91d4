import type { Program } from './program.js';

const text = `<?php
$base = getenv('ESOZ_PROBE');
$now = fn() => microtime(true) * 1000;
function say($name, $took) { echo $name, ' ', (int) $took, "\\n"; flush(); }
$began = $now();
usleep(1000000);
say('sleep', $now() - $began);
$began = $now();
[$one, $other] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$read = [$one]; $write = null; $except = null;
stream_select($read, $write, $except, 1);
say('wait', $now() - $began);
function ask($url, $seconds) {
  if (!function_exists('curl_init')) {
    return @file_get_contents($url, false, stream_context_create(['http' => ['timeout' => $seconds]]));
  }
  $curl = curl_init($url);
  curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => $seconds, CURLOPT_PROXY => '']);
  return curl_exec($curl);
}
for ($i = 0; $i < 5; $i++) {
  $began = $now();
  ask(sprintf('%s/ask?at=%.3f', $base, $began), 60);
  say('ask', $now() - $began);
}
$began = $now();
ask("$base/hang", 5);
say('limit', $now() - $began);
`;

export const php: Program = {
  title: 'PHP',
  file: 'probe.php',
  text,
  run: (file, _, runtime) => [runtime, file],
};
