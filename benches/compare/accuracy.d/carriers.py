"""The ways in which people write a value: templates by the language or format that they are from.

In a template, `@value` is the value. `@snake`, `@SCREAM`, `@camel`, `@Pascal`, `@kebab`, `@Train`, `@dots` and
`@words` are its name; `@provider` and `@word` are the two parts of that. The text behind a `|` in the name of a carrier
is the file's name.
"""

import re

# Where the name stands beside the value.
NAMED = {
    "python|a.py": '@snake = "@value"',
    "python, single quotes|a.py": "@SCREAM = '@value'",
    "python, typed|a.py": '@snake: str = "@value"',
    "python, environment|a.py": 'os.environ["@SCREAM"] = "@value"',
    "python, default|a.py": '@word = os.getenv("@SCREAM", "@value")',
    "python, dictionary|a.py": 'settings = {\n    "@snake": "@value",\n}',
    "python, argument|a.py": 'client = @Provider(@word="@value")',
    "env|.env": "@SCREAM=@value",
    "env, quoted|.env": '@SCREAM="@value"',
    "shell|a.sh": "export @SCREAM=@value",
    "shell, quoted|a.sh": "export @SCREAM='@value'",
    "fish|a.fish": "set -x @SCREAM @value",
    "batch|a.bat": "set @SCREAM=@value",
    "powershell|a.ps1": '$env:@SCREAM = "@value"',
    "yaml|a.yml": "@snake: @value",
    "yaml, kebab, quoted|a.yml": '@kebab: "@value"',
    "yaml, nested|a.yml": "@provider:\n  @word: @value",
    "yaml, nested deeper|a.yml": "@provider:\n  production:\n    enabled: true\n    @word: '@value'",
    "compose|docker-compose.yml": "    environment:\n      - @SCREAM=@value",
    "kubernetes|a.yaml": '        - name: @SCREAM\n          value: "@value"',
    "json|a.json": '{\n  "@snake": "@value"\n}',
    "json, kebab|a.json": '{"@kebab": "@value"}',
    "json, camel, tight|a.json": '{"@camel":"@value"}',
    "json, nested|a.json": '{\n  "@provider": {\n    "@word": "@value"\n  }\n}',
    "json, escaped|a.json": '{"body": "{\\"@snake\\":\\"@value\\"}"}',
    "toml, table|a.toml": '[@provider]\n@word = "@value"',
    "ini|a.ini": "[@provider]\n@word=@value",
    "properties|a.properties": "@dots=@value",
    "properties, spaced|a.properties": "@provider.production.@word = @value",
    "go, short|a.go": '@camel := "@value"',
    "go, var|a.go": 'var @camel string = "@value"',
    "go, const|a.go": 'const @Pascal = "@value"',
    "go, backquotes|a.go": "@camel := `@value`",
    "go, field|a.go": '\t@Pascal: "@value",',
    "js, const|a.js": "const @SCREAM = '@value';",
    "js, object|a.js": "  @camel: '@value',",
    "js, environment|a.js": "process.env.@SCREAM = '@value';",
    "js, fallback|a.js": 'const key = process.env.@SCREAM || "@value";',
    "js, header|a.js": "headers: { 'X-@Train': '@value' },",
    "js, template|a.js": "let @camel = `@value`",
    "ts, typed|a.ts": 'const @camel: string = "@value";',
    "ts, member|a.ts": "  private readonly @camel = '@value';",
    "php|a.php": '$@snake = "@value";',
    "php, append|a.php": '$@camel .= "@value"',
    "php, array|a.php": "'@snake' => '@value',",
    "php, config|a.php": "$config['@snake'] = '@value';",
    "php, define|a.php": "define('@SCREAM', '@value');",
    "ruby, hash|a.rb": ':@snake => "@value"',
    "ruby, environment|a.rb": "ENV['@SCREAM'] ||= '@value'",
    "ruby, keyword|a.rb": "config.@snake = '@value'",
    "rocket, kebab|a.rb": '"@kebab" => "@value"',
    "java, local|A.java": 'String @camel = "@value";',
    "java, constant|A.java": 'private static final String @SCREAM = "@value";',
    "java, property|A.java": 'System.setProperty("@SCREAM", "@value")',
    "java, header|A.java": 'request.setHeader("@Train", "@value");',
    "java, setter|A.java": 'config.set@Pascal("@value");',
    "kotlin|a.kt": 'private const val @SCREAM = "@value"',
    "swift|a.swift": 'let @camel: String = "@value"',
    "objective-c|a.m": 'NSString *@camel = @@"@value";',
    "c#|a.cs": 'public const string @Pascal = "@value";',
    "c#, configuration|a.cs": 'Configuration["@Pascal"] = "@value";',
    "rust, const|a.rs": 'const @SCREAM: &str = "@value";',
    "rust, owned|a.rs": 'let @snake = String::from("@value");',
    "rust, to_string|a.rs": 'let @snake = "@value".to_string();',
    "c, define|a.h": '#define @SCREAM "@value"',
    "c, array|a.c": 'static const char @snake[] = "@value";',
    "c++|a.cpp": 'std::string @snake("@value");',
    "scala|a.scala": 'val @camel = "@value"',
    "dart|a.dart": "final String @camel = '@value';",
    "elixir|a.exs": 'config :app, @snake: "@value"',
    "clojure|a.clj": ':@kebab "@value"',
    "lua|a.lua": 'local @snake = "@value"',
    "perl|a.pl": "my $@snake = '@value';",
    "r|a.R": '@snake <- "@value"',
    "matlab|a.m": "@snake = '@value';",
    "groovy|a.groovy": "def @camel = '@value'",
    "gradle|a.gradle": "buildConfigField 'String', '@SCREAM', '\"@value\"'",
    "vim|a.vim": "let g:@snake = '@value'",
    "lisp|a.el": '(setq @kebab "@value")',
    "make|Makefile": "@SCREAM := @value",
    "make, default|Makefile": "@SCREAM ?= @value",
    "docker, ENV|Dockerfile": "ENV @SCREAM=@value",
    "docker, ENV with a space|Dockerfile": "ENV @SCREAM @value",
    "docker, ARG|Dockerfile": 'ARG @SCREAM="@value"',
    "terraform|a.tf": '  @snake = "@value"',
    "terraform, variable|a.tf": 'variable "@snake" {\n  default = "@value"\n}',
    "xml, element|a.xml": "<@camel>@value</@camel>",
    "xml, attribute|a.xml": '<service @camel="@value" />',
    "android|strings.xml": '<string name="@snake">@value</string>',
    "plist|a.plist": "<key>@Pascal</key>\n<string>@value</string>",
    "web.config|web.config": '<add key="@Pascal" value="@value" />',
    "hadoop|core-site.xml": "<property>\n  <name>@dots</name>\n  <value>@value</value>\n</property>",
    "html, input|a.html": '<input type="hidden" name="@snake" value="@value">',
    "argument|a.sh": "deploy --@kebab @value --verbose",
    "argument with =|a.sh": "deploy --@kebab=@value",
    "docker run|a.sh": "docker run -e @SCREAM=@value demo",
    "query|a.txt": "https://api.@host/v1/items?@snake=@value",
    "curl, header|a.sh": 'curl -H "X-@Train: @value" https://api.@host/v1/me',
    "comment|a.py": "# @words: @value",
    "comment, slashes|a.c": "// @snake = @value",
    "prose|README.md": "The @words is @value",
    "markdown, code|README.md": "**@Words**: `@value`",
    "markdown, table|README.md": "| @words | `@value` |",
    "csv|a.csv": "@snake,@value",
    "sql|a.sql": "INSERT INTO settings VALUES ('@snake', '@value');",
    "log|a.log": "2026-01-02T03:04:05Z DEBUG using @snake=@value for the request",
    "name of its own|a.json": '{"name": "@SCREAM", "value": "@value"}',
}

# Where only the provider, or its host, tells what the value is.
BESIDE = {
    "bearer, host behind|a.sh": 'curl -H "Authorization: Bearer @value" https://api.@host/v1/me',
    "bearer, host before|a.sh": "curl https://api.@host/v1/me \\\n  -H 'Authorization: Bearer @value'",
    "http|a.http": "GET /v1/me HTTP/1.1\nHost: api.@host\nAuthorization: Bearer @value",
    "constructor|a.js": 'const client = new @Provider("@value");',
    "init|a.js": "@provider.init('@value');",
    "comment above|a.py": "# @provider\ntoken = '@value'",
}

# Where nothing tells but the token itself.
ALONE = {
    "alone|a.txt": "@value",
    "sentence|a.md": "I pasted @value into the chat, sorry.",
    "list|a.txt": "first\n@value\nlast",
    "quoted|a.txt": '"@value"',
    "in brackets|a.txt": "(@value)",
    "argument of a function|a.js": "connect('@value', true)",
    "any name|a.py": 'x = "@value"',
    "path of an URL|a.txt": "https://example.org/@value",
    "userinfo|a.txt": "https://user:@value@@example.org/a.git",
    "escaped line end|a.json": '"log": "line\\n@value\\n"',
    "crlf|a.txt": "@value\r\nnext",
    "no line end|a.txt": "x=@value",
}


def words_of(name):
    return [word for word in re.split(r"[_\-. ]+", name) if word]


def fill(template, provider, word, value):
    """The text, and the lines (from 1) that the value takes."""
    # Doubled underscores belong to the name (as in Bundler's variables) and stay.
    name = [*words_of(provider), *words_of(word)]
    tail = words_of(word)
    parts = words_of(provider)
    pascal = lambda words: "".join(part[:1].upper() + part[1:] for part in words)
    names = {
        "snake": "_".join(name).lower(),
        "SCREAM": "_".join(name).upper(),
        "camel": name[0].lower() + pascal(name[1:]),
        "Pascal": pascal(name),
        "kebab": "-".join(name).lower(),
        "Train": "-".join(part[:1].upper() + part[1:] for part in name),
        "dots": ".".join(["_".join(parts).lower(), "_".join(tail).lower()]),
        "words": " ".join(name),
        "Words": " ".join(pascal([part]) for part in name),
        "provider": "_".join(parts).lower(),
        "Provider": pascal(parts),
        "host": "".join(parts).lower() + ".com",
        "word": "_".join(tail).lower(),
    }
    keys = sorted(names, key=len, reverse=True)
    text = re.sub("@(" + "|".join(keys) + "|@)", lambda hit: names.get(hit.group(1), "@"), template.replace("@value", "\0"))
    line = text[: text.index("\0")].count("\n") + 1
    return text.replace("\0", value) + "\n", (line, line + value.count("\n"))
