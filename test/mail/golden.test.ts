import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { LINK_PLACEHOLDER, renderEmail } from '../../mail/render.js';
import { previewEmail, samples } from '../../mail/samples.js';
import { placeholdersOf, templateNames } from '../../mail/templates.js';

const folder = new URL('./golden/', import.meta.url);
// PERENNIAL_WRITE_GOLDEN=1 writes the files anew; read the difference before you commit it.
const write = process.env['PERENNIAL_WRITE_GOLDEN'] === '1';

function expectGolden(file: string, actual: string) {
  const path = new URL(file, folder);
  if (write) writeFileSync(path, actual);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no file ${file}`).toBe(actual);
}

describe('every email as it is read', () => {
  test.each(Object.entries(samples))('%s', (name, content) => {
    const { subject, text } = renderEmail(content);
    expectGolden(`${name}.txt`, `Subject: ${subject}\n\n${text}`);
  });

  test('a prompt as HTML', () => {
    expectGolden('prompt-privacy.html', renderEmail(samples['prompt-privacy'] ?? missing()).html);
  });

  test('no golden file is left over', () => {
    const expected = [...Object.keys(samples).map((name) => `${name}.txt`), 'prompt-privacy.html'];
    expect(readdirSync(folder).sort()).toEqual(expected.sort());
  });
});

describe('samples and templates', () => {
  test('every kind has an English template and a sample', () => {
    const kinds = [...new Set(Object.values(samples).map((content) => content.kind))];
    const english = templateNames().filter((name) => name.endsWith('.en'));
    expect(english).toEqual(kinds.map((kind) => `${kind}.en`).sort());
  });

  test.each(templateNames().map((name) => [name]))('%s names only what its content has', (name) => {
    const kind = name.split('.')[0];
    const known = new Set(
      Object.values(samples)
        .filter((content) => content.kind === kind)
        .flatMap((content) => Object.keys(content)),
    );
    expect(placeholdersOf(name).filter((placeholder) => !known.has(placeholder))).toEqual([]);
  });

  test.each(['prompt', 'last_reminder', 'clarification', 'closed'])(
    '%s says what it is in French and Spanish',
    (kind) => {
      const named = Object.entries(samples).filter(([, content]) => content.kind === kind);
      expect(named.length).toBeGreaterThan(0);
      for (const [, content] of named) {
        const { html, text } = renderEmail(content);
        expect(html).toContain('<div lang="fr"');
        expect(html).toContain('<div lang="es"');
        expect(text).toMatch(/en\s+français\./);
        expect(text).toMatch(/en\s+español\./);
      }
    },
  );

  test('the lines in the language of the reader come first', () => {
    const { text } = renderEmail(samples['prompt-annual-review-overdue'] ?? missing());
    expect(text.indexOf('Nous vous demandons')).toBe(0);
    expect(text.indexOf('Le pedimos')).toBeGreaterThan(text.indexOf('Hello'));
  });

  test.each(Object.entries(samples))('%s: both parts carry the link once', (name, content) => {
    const { text, html } = renderEmail(content);
    const isToUs = !('link' in content);
    const expected = name === 'request-not-me-granted' || isToUs ? 0 : 1;
    expect(text.split(LINK_PLACEHOLDER).length - 1).toBe(expected);
    expect(html.split(`<a href="${LINK_PLACEHOLDER}"`).length - 1).toBe(expected);
    // The address itself is what the reader sees of the link: it stands in the tag and in its text.
    expect(html.split(LINK_PLACEHOLDER).length - 1).toBe(2 * expected);
  });

  test.each(Object.entries(samples))('%s is light, whole, without images and tracking', (_name, content) => {
    const { text, html } = renderEmail(content);
    expect(Buffer.byteLength(text) + Buffer.byteLength(html)).toBeLessThan(10_000);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html.trimEnd()).toMatch(/<\/html>$/);
    expect(html).not.toMatch(/<img|<script|<link|<style|url\(|background|[^-]color:/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  });
});

describe('a preview', () => {
  test('shows a sample with a link', () => {
    expect(previewEmail('link-owner').text).toContain('https://reviews.dpga.example/answer/2026-7Q2MK?k=invented');
  });

  test('of an unknown name says which names there are', () => {
    expect(() => previewEmail('letter')).toThrow(/no sample is called letter; there are .*prompt-privacy/);
  });
});

function missing(): never {
  throw new Error('there is no such sample');
}
