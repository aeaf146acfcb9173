/** Headings that components bring along. */
export const LABELS = {
  Takeaways: '要点',
  Framework: '框架',
  Apply: '用起来',
  Agreement: '共识',
  Disagreement: '分歧',
  Open: '还没有答案的',
  Try: '可以试试',
  Background: '背景',
  Goal: '目标',
  Insight: '洞察',
  Mechanism: '机制',
  Numbers: '数据',
  Logic: '底层逻辑',
  Copy: '可以照着做',
  Avoid: '不要照着做',
  footnotes: '注',
  backToText: '回到正文',
  callouts: { tip: '提示', note: '说明', warning: '注意' },
  day: (month: number, day: number, weekday: number) =>
    `${month} 月 ${day} 日 周${'一二三四五六日'.charAt(weekday - 1)}`,
} as const;
