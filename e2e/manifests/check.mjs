// node check.mjs FOLDER FILE...: says what is wrong with Kubernetes manifests: wrong or missing fields, and such as do not
// exist. The types of kubernetes-models are made of the schemas of Kubernetes and KEDA; the TypeScript compiler compares.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, ...names] = process.argv.slice(2);

// The packages' folders are the API groups; the core group has none.
function source(apiVersion) {
  if (apiVersion.startsWith("keda.sh/")) return `@kubernetes-models/keda/${apiVersion}`;
  const [group, version] = apiVersion.split("/");
  return version ? `kubernetes-models/${group}/${version}` : `kubernetes-models/${apiVersion}`;
}

const programs = [];
try {
  for (const name of names) {
    const documents = parseAllDocuments(readFileSync(join(folder, name), "utf8"));
    documents.forEach((document, index) => {
      if (document.errors.length > 0) throw new Error(`${name}: ${document.errors[0].message}`);
      const { apiVersion, kind } = document.toJS();
      const file = join(here, `.${basename(name)}-${index}-${kind}.ts`);
      writeFileSync(
        file,
        `import type { I${kind} } from "${source(apiVersion)}";\n` +
          `export const manifest: I${kind} = ${JSON.stringify(document.toJS(), null, 2)};\n`,
      );
      programs.push(file);
    });
  }
  const program = ts.createProgram(programs, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  const findings = ts.getPreEmitDiagnostics(program);
  for (const finding of findings) {
    const { line } = finding.file?.getLineAndCharacterOfPosition(finding.start) ?? { line: 0 };
    const text = finding.file?.text.split("\n")[line].trim();
    console.log(`${basename(finding.file?.fileName ?? "")}: ${text}: ${ts.flattenDiagnosticMessageText(finding.messageText, " ")}`);
  }
  console.log(`${programs.length} manifests, ${findings.length} findings`);
  process.exitCode = findings.length > 0 ? 1 : 0;
} finally {
  programs.forEach((file) => rmSync(file, { force: true }));
}
