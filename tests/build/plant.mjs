// Loaded into a build by `--import`: patches the step that writes the staged site, so that one readable file holds a
// sentence of the members'. The product itself has no switch that lets anything out.
import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const write = fs.writeFileSync;
fs.writeFileSync = (file, bytes, ...rest) => {
  const isPlanted = String(file).endsWith('dist.jinghua-next/404.html');
  const sentence = '三号仓库的备用钥匙挂在门后第二个挂钩上，只有值班的人知道这件事。';
  write(file, isPlanted ? Buffer.concat([Buffer.from(bytes), Buffer.from(sentence)]) : bytes, ...rest);
};
syncBuiltinESMExports();
