import { render } from 'preact';
import { App } from './app.js';
import { watchSessions } from './live.js';
import { keepPlaces } from './places.js';
import { beginLanguage } from './text.js';
import { beginTheme } from './theme.js';

const place = document.getElementById('board');
if (!place) throw new Error('the page has no place for the board');
beginTheme();
await beginLanguage();
keepPlaces();
watchSessions();
render(<App />, place);
