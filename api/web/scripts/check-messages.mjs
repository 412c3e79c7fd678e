// Fails on a text that is empty, malformed, used nowhere, or differs between languages in its arguments.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

const languages = ['en', 'cs', 'pl', 'hu', 'sk'];
const files = ['desk', 'portal', 'shared'].flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, name)),
);
const sources = new Map(
  files
    .filter((name) => /\.tsx?$/.test(name) && !/test|graphql\//.test(name))
    .map((name) => [name, readFileSync(name, 'utf8')]),
);
const faults = [];

function argumentsOf(parts, found = new Set()) {
  for (const part of parts) {
    if (part.type !== 0 && part.type !== 7) found.add(part.value);
    for (const { value } of Object.values(part.options ?? {})) argumentsOf(value, found);
  }
  return found;
}

function checkPlurals(where, language, parts) {
  for (const part of parts) {
    if (part.type !== 6) continue;
    for (const form of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
      if (!(form in part.options)) faults.push(`${where}: ${language} lacks the plural form ${form}`);
    }
  }
}

function checkText(where, text) {
  const wanted = languages.map((language) => {
    const words = text[language];
    if (!words?.trim()) {
      faults.push(`${where}: no text in ${language}`);
      return '';
    }
    try {
      const parts = new IntlMessageFormat(words, language).getAst();
      checkPlurals(where, language, parts);
      return [...argumentsOf(parts)].sort().join(', ');
    } catch (error) {
      faults.push(`${where}: ${language}: ${error.message}`);
      return '';
    }
  });
  if (new Set(wanted).size > 1) faults.push(`${where}: the languages name different arguments: ${wanted.join(' | ')}`);
}

/** A key is used when a file that imports its catalogue names it, whole or as the start of a template. */
function isUsed(key, readers) {
  const stems = [...key.matchAll(/[.]/g)].map(({ index }) => `\`${key.slice(0, index + 1)}\${`);
  return readers.some((code) => code.includes(`'${key}'`) || stems.some((stem) => code.includes(stem)));
}

let count = 0;
for (const [path, code] of sources) {
  if (!path.endsWith('messages.ts')) continue;
  const name = /export const (\w+) = catalogue\(/.exec(code)?.[1];
  const body = /catalogue\(\s*'[^']+',\s*(\{[\s\S]*\})\s*,?\s*\);/.exec(code)?.[1];
  if (!name || !body) {
    faults.push(`${path}: no catalogue found`);
    continue;
  }
  const texts = new Function(`return (${body});`)();
  const readers = [...sources].filter(([other, text]) => other !== path && text.includes(name)).map(([, text]) => text);
  for (const [key, text] of Object.entries(texts)) {
    count += 1;
    checkText(`${dirname(path)}: ${key}`, text);
    if (!isUsed(key, readers)) faults.push(`${dirname(path)}: ${key} is used nowhere`);
  }
}

for (const fault of faults) console.error(fault);
console.log(`${count} messages in ${languages.length} languages, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
