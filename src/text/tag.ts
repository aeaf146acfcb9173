/** Matches a tag in rendered HTML. An attribute value may contain `>`, or thousands of tags. */
export const TAG = /<(?:"[^"]*"|[^">])*>/g;
