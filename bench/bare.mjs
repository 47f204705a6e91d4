// The yardstick: node:http alone, sending the bytes of a poll's answer.
import { createServer } from 'node:http';

const [port, body] = process.argv.slice(2);
createServer((_, res) => {
  res.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(body);
}).listen(Number(port), '127.0.0.1');
