/** A tag in rendered HTML; an attribute may have `>`, or thousands of tags, in its value. */
export const TAG = /<(?:"[^"]*"|[^">])*>/g;
