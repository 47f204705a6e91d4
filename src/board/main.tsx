import { render } from 'preact';
import { App } from './app.js';
import { watchSessions } from './live.js';
import { beginLanguage } from './text.js';
import { beginTheme } from './theme.js';

const place = document.getElementById('board');
if (!place) throw new Error('the page has no place for the board');
beginTheme();
await beginLanguage();
watchSessions();
render(<App />, place);
