/** A small content folder in English that uses everything the forms offer, to check the interface texts around it. */
export const englishContent = {
  'topics.yaml': 'growth:\n  name: Growth\n  definition: How people come.\n  aliases: [Reach]\n',
  'series.yaml': 'course:\n  title: A course\n  summary: Two talks.\n',
  'start.yaml':
    'picks:\n  - { entry: talks/one, why: It is short., level: 0-1, role: community }\nwho:\n  - { person: ann, for: anything }\n',
  'suggestions.yaml':
    '- { title: Some Book, kind: book, authors: [A. Writer], by: ann, why: Good., date: 2026-11-01 }\n',
  'people/ann.mdx':
    '---\nname: Ann\nrole: Editor\ntitles: [Guest of the year]\njoined: 2025-01-02\nsample: true\naliases: [Anna]\n---\n\nShe edits.\n',
  'talks/one.mdx': `---
title: One talk
date: 2026-11-01
summary: What it says.
speakers: [ann]
people: { host: ann }
topics: [growth]
series: course
number: 1
role: community
channel: email
level: 0-1
chapters: [{ t: 0:00, title: Opening }, { t: 1:00, title: More }]
---

<Takeaways>

- One thing.

</Takeaways>

<Line who="ann" t="0:01">Hello, this is what we say.</Line>

<Quote who="ann" from="0:01">This is what we say.</Quote>

<Line who="ann" t="1:01">And more, see the note[^1].</Line>

[^1]: A note.
`,
  'talks/two.mdx':
    '---\ntitle: Another talk\ndate: 2026-11-02\nspeakers: [ann]\nseries: course\nnumber: 2\n---\n\n## A part\n\nText of it, after [the first](./one.mdx).\n\n## Another part\n\nText.\n',
  'breakdowns/book.mdx': `---
title: A book
date: 2026-11-03
topics: [growth]
people: { author: ann }
work: { kind: book, title: Some Book, authors: [A. Writer], publisher: Press, year: 2020, isbn: '9780306406157', rating: 8, url: https://book.example/ }
for: Everyone
level: [0-1, 1-3]
---

<Framework>

- Top
  - Below

</Framework>

<Chapter title="First">

Text.

</Chapter>

<Chapter title="Second">

<Idea>An idea.</Idea>

</Chapter>

<Apply>

- [ ] Do it

</Apply>
`,
  'discussions/ask.mdx': `---
title: A question
date: 2026-11-17
question: What do you think?
asked_by: ann
week: 2026-W47
background: Somebody asked.
---

<Viewpoint who="ann">I think so.</Viewpoint>

<Agreement>

- This.

</Agreement>

<Disagreement>

- That.

</Disagreement>

<Open>

- Who knows?

</Open>

<Try>

- Try it.

</Try>
`,
  'teardowns/case.mdx': `---
title: A case
date: 2026-11-05
case: { name: Case, company: Shop, channel: email, period: May 2026 }
---

<Background>

Text.

</Background>

<Goal>

Text.

</Goal>

<Insight>

Text.

</Insight>

<Mechanism>

Text.

</Mechanism>

<Logic>

Text.

</Logic>

<Copy>

- [ ] Text.

</Copy>

<Avoid>

- Text.

</Avoid>
`,
  'notes/note.mdx': `---
title: A note
date: 2026-11-06
kind: tool
access: public
updated: 2026-11-08
---

## A part

<Callout type="tip">A tip.</Callout>

<Callout type="note">A note.</Callout>

<Callout type="warning">A warning.</Callout>

## Another part

Text with | a mark.
`,
  'digests/week.mdx': `---
title: A week
date: 2026-11-22
week: 2026-W47
---

<Day date="2026-11-17">

<Pick who="ann" title="A pick">Words.</Pick>

</Day>
`,
};
