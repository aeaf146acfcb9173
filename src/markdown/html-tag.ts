import { components } from './components/all.ts';

/** Returns the problem with an HTML tag and what to write instead, or undefined if the name doesn't look like HTML. */
export function htmlTag(name: string): { message: string; fix: string } | undefined {
  if (!/^[a-z]/.test(name) || nearComponent(name) !== undefined) return undefined;
  const instead = Object.hasOwn(HTML_INSTEAD, name) ? HTML_INSTEAD[name] : undefined;
  return {
    message: `正文里不能用 HTML 标签 <${name}>`,
    fix: instead ?? '用 Markdown 的写法；要显示尖括号就写成 \\<',
  };
}

/** Finds the component with this name, ignoring case. */
export function nearComponent(name: string): string | undefined {
  return [...components.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
}

const HTML_INSTEAD: Record<string, string> = {
  br: '换行在行尾写一个反斜杠，分段空一行',
  hr: '分隔线写成 ---',
  b: '加粗写成 **文字**',
  strong: '加粗写成 **文字**',
  i: '斜体写成 *文字*',
  em: '斜体写成 *文字*',
  u: '强调写成 **文字**',
  s: '删除线写成 ~~文字~~',
  del: '删除线写成 ~~文字~~',
  a: '链接写成 [文字](网址)',
  img: '图片写成 ![图里有什么](./photo.jpg)',
  audio: '录音写成 <Audio src="./clip.mp3" />',
  video: '页面里不能放视频：放链接 [文字](网址)，或作为附件 <Attachment src="./clip.mp4" title="名字" />',
  iframe: '不能嵌入别的网页，放链接 [文字](网址)',
  table: '表格用 | 列 | 列 | 的写法',
  blockquote: '引用用 > 开头，金句用 <Quote>',
  pre: '代码放进 ``` 代码块',
  code: '代码放进反引号 `代码`',
  details: '不支持折叠，直接写出来',
  div: '去掉标签，直接写内容',
  span: '去掉标签，直接写内容',
  p: '去掉标签，段落之间空一行',
};
