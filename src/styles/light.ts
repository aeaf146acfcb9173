/**
 * Reads the colours of the light theme, for what style sheets don't reach: pictures and mails.
 *
 * @param css - the text of tokens.css, as written
 * @returns a function from a name without `--` to the colour; it throws an Error when there is none of that name
 */
export function lightColours(css: string): (name: string) => string {
  const [plain, call] = [String.raw`[^,;()]+`, String.raw`[\w-]+\([^()]*\)`];
  const pattern = new RegExp(`--([\\w-]+):\\s*(?:light-dark\\(\\s*)?(${call}|${plain})`, 'g');
  const colours = new Map(
    Array.from(css.matchAll(pattern), ([, name = '', colour = '']) => [name, colour.trim()]),
  );
  return (name) => {
    const colour = colours.get(name);
    if (colour === undefined) throw new Error(`src/styles/tokens.css has no colour --${name}`);
    return colour;
  };
}
