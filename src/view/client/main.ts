/** Runs the live page: what the address says is shown, and what the server tells is drawn as it comes. */
import { h, render } from 'preact';
import { followAddress } from './address.ts';
import { App } from './app.tsx';
import { followScheme } from './scheme.ts';

followScheme();
followAddress();
const place = document.querySelector('#page');
if (place === null) throw new Error('the page has no #page');
place.replaceChildren();
render(h(App, null), place);
