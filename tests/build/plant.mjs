// Loaded into a build by `--import`: patches the step that writes the staged site, so that one readable file contains a
// members' sentence. The product itself has no switch that leaks anything.
import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { linkSync: link, lstatSync: look, writeFileSync: write } = fs;
const isPlanted = (file) => String(file).endsWith('dist.jinghua-next/404.html');
fs.writeFileSync = (file, bytes, ...rest) => {
  const sentence = '三号仓库的备用钥匙挂在门后第二个挂钩上，只有值班的人知道这件事。';
  write(file, isPlanted(file) ? Buffer.concat([Buffer.from(bytes), Buffer.from(sentence)]) : bytes, ...rest);
};
fs.linkSync = (file, place) => {
  // As on a file system without hard links, so that the file is written.
  if (isPlanted(place)) throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
  link(file, place);
};
// Pretends that the file isn't there from an earlier site.
fs.lstatSync = (file, ...rest) => (isPlanted(file) ? undefined : look(file, ...rest));
syncBuiltinESMExports();
