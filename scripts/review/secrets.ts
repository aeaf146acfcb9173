import { spotsIn } from '../../src/markdown/spot.ts';
import type { LocalFinding } from '../../src/model/finding.ts';

const REVOKE = '删掉它；已经提交过的要作废重发';
const PRIVATE = '删掉它；要让人联系上，写“在群里找我”';

const SECRETS: [rule: string, pattern: RegExp, what: string, fix: string][] = [
  ['secret-token', /\bkb_[0-9A-Za-z][0-9A-Za-z-]{15,}/g, '成员的专属链接或钥匙', REVOKE],
  [
    'secret-token',
    /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|github_pat_\w{30,}|glpat-[\w-]{20,}|sk-[\w-]{20,}|xox[abp]-[\w-]{10,}|LTAI\w{12,}|AKID\w{13,}|AIza[\w-]{35}|npm_\w{36})/g,
    '密钥',
    REVOKE,
  ],
  [
    'secret-token',
    /(?:secret|(?<!send\?access_)token|(?:api|access)[-_ ]?key)\b["']? {0,3}[:：=] {0,3}["']?(?=[\w+/-]*\d)[\w+/-]{20,}/gi,
    '密钥',
    REVOKE,
  ],
  [
    'secret-token',
    /(?:qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=|oapi\.dingtalk\.com\/robot\/send\?access_token=|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/)[\w-]{16,}/g,
    '群机器人的地址，谁有它就能往群里发消息',
    REVOKE,
  ],
  ['secret-token', /\beyJ[\w-]{10,1000}\.eyJ[\w-]{10,4000}\.[\w-]{10,}/g, '登录令牌（JWT）', REVOKE],
  ['secret-token', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g, '私钥', REVOKE],
  ['phone-number', /(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.]*\d)/g, '手机号', PRIVATE],
  [
    'wechat-id',
    /\bwxid_\w{6,}|(?:微信号?|[Ww]e[Cc]hat|VX|vx)\s*(?:[是为]\s*)?[:：]\s*[A-Za-z][\w-]{5,19}(?!\w)|微信号\s*(?:[是为]\s*)?[A-Za-z][\w-]{5,19}(?!\w)|(?:加我?(?:微信|VX|[Vv]x?)|[Vv]信|薇信) {0,3}[:：]? {0,3}(?=[A-Za-z]+[\d_-])[A-Za-z][\w-]{5,19}(?!\w)/g,
    '微信号',
    PRIVATE,
  ],
  [
    'id-number',
    /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
    '身份证号',
    '删掉它',
  ],
];

/** Finds text that looks like a secret or private data. The finding doesn't repeat it. */
export function reviewSecrets(source: string): LocalFinding[] {
  const spotAt = spotsIn(source);
  return SECRETS.flatMap(([rule, pattern, what, fix]) =>
    [...source.matchAll(pattern)].map(({ index }): LocalFinding => ({
      rule,
      level: 'warning',
      ...spotAt(index),
      message: `像是${what}`,
      fix,
    })),
  );
}
