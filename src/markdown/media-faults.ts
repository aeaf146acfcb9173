import type { Fault } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';

/** File names of films. */
export const VIDEO = /\.(?:mp4|mov|m4v|3gp|avi|mkv|webm|wmv|flv)$/i;
const SOUND = /\.(?:wav|amr|aac|wma|ogg|flac)$/i;

/** What can be wrong with a file that an entry uses. */
export const FAULTS = {
  tooLarge: (kind: 'image' | 'audio' | 'attachment'): Fault =>
    kind === 'image'
      ? {
          rule: 'image-too-large',
          message: `图片超过 ${LIMITS.image / 1024 / 1024} MB`,
          fix: '压缩或裁小以后再放',
        }
      : {
          rule: `${kind}-too-large`,
          message: `文件超过 ${LIMITS.audio / 1024 / 1024} MB`,
          fix: '压缩或拆成几个文件',
        },
  brokenImage: (reason: string): Fault => ({
    rule: 'broken-image',
    message: `图片打不开，${whyUnread(reason)}`,
    fix: '换成能正常打开的 JPEG、PNG、WebP、GIF 或 SVG',
  }),
  heic: {
    rule: 'broken-image',
    message: '图片是 HEIC，苹果手机照片的格式，浏览器打不开',
    fix: '在电脑上打开它，导出成 JPEG 再放；只改扩展名没有用',
  },
  notMp3: { rule: 'audio-type', message: '录音不是 MP3', fix: '转成 MP3（单声道，64 kbit/s 以下）再放' },
  calledMp3: {
    rule: 'audio-type',
    message: '录音的名字是 .mp3，里面不是',
    fix: '用软件转成 MP3（单声道，64 kbit/s 以下）再放；只改扩展名没有用',
  },
  video: (name: string): Fault => {
    const attached = name.replace(VIDEO, '.mp4');
    return {
      rule: 'broken-image',
      message: '这是视频，不是图片',
      fix: `${/\.mp4$/i.test(name) ? '视频不能放在页面里，' : '视频先转成 MP4，再'}作为附件：<Attachment src="./${attached}" title="名字" />`,
    };
  },
  notAttachable: (path: string): Fault => ({
    rule: 'attachment-type',
    message: '这种文件不能作附件',
    fix: VIDEO.test(path)
      ? '视频转成 MP4 再放'
      : SOUND.test(path)
        ? '录音转成 MP3 再放'
        : '换成 PDF、表格、文档、图片或压缩包；网页、SVG、XML、程序和脚本都不行',
  }),
  geotagged: (what: string, how: string): Fault => ({
    rule: 'attachment-place',
    message: `${what}里记着拍摄的地点，谁下载都看得到`,
    fix: `去掉位置再放：${how}`,
  }),
  emptyAttachment: {
    rule: 'attachment-empty',
    message: '附件是空的，里面一个字节也没有',
    fix: '多半没有下载完或没有保存好，换成完整的文件',
  },
  oddName: {
    rule: 'attachment-name',
    message: '附件的文件名里有特殊字符或不止一个点',
    fix: '文件名只用汉字、字母、数字、空格、横线和括号，最后是一个点和扩展名',
  },
} as const;

/** Explains an error message of sharp or of rasterise.ts to the person who added the image. */
function whyUnread(reason: string): string {
  if (/unsupported image format|^format /.test(reason)) return '里面不是图片，或者是不认得的格式';
  if (reason === 'Input Buffer is empty') return '文件是空的';
  if (reason === 'Input image exceeds pixel limit') return `像素太多，超过 ${LIMITS.pixels / 100_000_000} 亿`;
  if (/^\p{Script=Han}/u.test(reason)) return reason;
  return `数据不完整或者写错了（${reason.split('\n')[0]!}）`;
}
