// Faults that come easily in another language: our example in it, with one piece of its text put in another's place.
export const LANGUAGES = {
  'eta-as-local-time': {
    what: 'Python: cuts the zone off eta and takes it for local time, in Tokyo',
    scenarios: ['uneven-etas', 'kyiv-time'],
    cause: 'ignores-eta',
    finds: ['eta-respected'],
    may: ['newest-eta-used', 'expectations'],
    why: 'every eta is nine hours ago for it, so that it asks each second',
    env: { TZ: 'Asia/Tokyo' },
    program: ['python3', 'examples/python/poller.py'],
    from: "eta.replace('Z', '+00:00')",
    to: 'eta[:19]',
  },
  'byte-order-mark-throws': {
    what: 'PHP: lets json_decode throw, and a byte order mark is no JSON',
    scenarios: ['marked-text'],
    cause: 'cannot-read-bom',
    finds: [['survives-a-blip', 'reaches-the-end']],
    may: ['reads-the-result', 'expectations'],
    why: 'the exception ends it at an answer that is told anew by the next poll',
    program: ['php', 'examples/php/poller.php'],
    from: 'json_decode($text, true)',
    to: 'json_decode($text, true, 512, JSON_THROW_ON_ERROR)',
  },
};
