import phrases from '../texts/uk/board.json' with { type: 'json' };

export default phrases as Record<string, string>;
