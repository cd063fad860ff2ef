//! What a TypeScript project has beside its sources, as n8n's own starter has it.

use super::{Files, N8nError};
use serde_json::json;

/// `n8n-node lint` wants exactly this text in strict mode.
const ESLINT: &str = "\
import { config } from '@n8n/node-cli/eslint';

export default config;
";

const PRETTIER: &str = "\
module.exports = {
	semi: true,
	trailingComma: 'all',
	bracketSpacing: true,
	useTabs: true,
	tabWidth: 2,
	arrowParens: 'always',
	singleQuote: true,
	quoteProps: 'as-needed',
	endOfLine: 'lf',
	printWidth: 100,
};
";

pub(super) fn add(files: &mut Files) -> Result<(), N8nError> {
    files.add("eslint.config.mjs", ESLINT)?;
    files.add(".prettierrc.js", PRETTIER)?;
    files.add(".gitignore", "dist\nnode_modules\n")?;
    files.add_json(
        "tsconfig.json",
        &json!({
            "compilerOptions": {
                "strict": true,
                "module": "commonjs",
                "moduleResolution": "node",
                "target": "es2019",
                "lib": ["es2019", "es2020", "es2022.error"],
                "removeComments": true,
                "useUnknownInCatchVariables": false,
                "forceConsistentCasingInFileNames": true,
                "noImplicitAny": true,
                "noImplicitReturns": true,
                "noUnusedLocals": true,
                "strictNullChecks": true,
                "preserveConstEnums": true,
                "esModuleInterop": true,
                "resolveJsonModule": true,
                "incremental": true,
                "declaration": true,
                "sourceMap": true,
                "skipLibCheck": true,
                "outDir": "./dist/",
            },
            "include": [
                "credentials/**/*",
                "nodes/**/*",
                "nodes/**/*.json",
                "runtime/**/*",
                "package.json",
            ],
            "exclude": ["nodes/**/__schema__/**"],
        }),
    )
}
