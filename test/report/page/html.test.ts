import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../src/base/one-line.ts';
import { escapeHtml, html, jsonScript, verbatim } from '../../../src/report/page/html.ts';

const unescaped = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe('html', () => {
  it('escapes texts and leaves what it made itself', () => {
    const name = '<script>alert("1")</script>';
    expect(html`<p title="${name}">${html`<b>${name}</b>`}${[1, 2]}${undefined}${false}</p>`.html).toBe(
      '<p title="&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;"><b>&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;</b>12</p>',
    );
  });

  it('never lets a text end its element or attribute, and loses nothing of it but control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(unescaped(escaped)).toBe(plainText(text));
      }),
    );
  });

  it('carries any JSON through a script element', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('</script>', '<!--', ']]>'), (value, text) => {
        const { html: element } = jsonScript('data', { value, text });
        const body = element.slice(element.indexOf('>') + 1, -'</script>'.length);
        expect(body).not.toMatch(/[<>]/);
        expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify({ value, text })));
      }),
    );
  });

  it('refuses code that would end its element early', () => {
    expect(() => verbatim('x = "</script>"')).toThrow(/internal/);
  });
});
