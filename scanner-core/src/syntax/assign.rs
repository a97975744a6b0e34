//! From a name to the value that is assigned to it.

use memchr::memchr;

use super::bare::{self, Setting};
use super::cursor::{Cursor, MOST_BLANKS};
use super::fallback;
use super::quoted;
use super::value::{Delimiter, Separator};
use crate::text::span::Span;

/// The longest type between a name and its `=`, in bytes.
const LONGEST_TYPE: usize = 40;
/// So is the name of what makes a value from a literal: `String::from("...")`.
const LONGEST_WRAPPER: usize = 40;

/// So is a value in braces.
const LONGEST_IN_BRACES: usize = 130;

/// The bytes that a separator can begin with.
static FIRST_OF_SEPARATORS: [bool; 256] = bare::table(b"=:+|<-!%?o/.{,(");

/// A value and what leads to it.
pub(super) type Assigned = (Separator, Delimiter, Span);

/// Reads the value that is assigned to a name.
pub(super) fn read(text: &[u8], name: Span) -> Option<Assigned> {
    let mut cursor = Cursor::new(text, name.end);
    let is_closed = close_name(&mut cursor);
    let behind_name = cursor.at;
    let blanks = cursor.skip_blanks();
    cursor.skip_colours();
    if let Some((delimiter, value)) = cell(cursor, name) {
        return Some((Separator::Pair, delimiter, value));
    }
    if let Some(separator) = separator(&mut cursor) {
        return match separator {
            Separator::Call | Separator::Fallback => {
                quoted_argument(cursor).map(|(d, v)| (separator, d, v))
            }
            _ => value(cursor, name).map(|(delimiter, value)| (separator, delimiter, value)),
        };
    }
    if let Some(found) = typed(cursor).and_then(|cursor| quoted_value(cursor)) {
        return Some((Separator::Assign, found.1, found.0));
    }
    if cursor.eat_line_end() {
        return explicit_key(cursor, name).or_else(|| next_argument(cursor, name));
    }
    if blanks == 0 {
        return None;
    }
    after_blanks(text, name, Span::new(behind_name, cursor.at), is_closed)
}

/// The cell behind that of a name, in a table of Markdown (`| name | value |`), or in a row of two
/// (`name,value`).
fn cell(start: Cursor<'_>, name: Span) -> Option<(Delimiter, Span)> {
    let mut cursor = start;
    let text = cursor.text;
    let is_in_table = match cursor.peek()? {
        b'|' => true,
        b',' => false,
        _ => return None,
    };
    let before = &text[bare::line_start(text, name.start)..name.start];
    if is_in_table != before.starts_with(b"|") || !(is_in_table || before.is_empty()) {
        return None;
    }
    cursor.at += 1;
    if !is_in_table {
        return bare::only_word(text, cursor.at).map(|word| (Delimiter::Bare, word));
    }
    cursor.skip_blanks();
    if let Some((value, delimiter)) = quoted::read(text, cursor.at) {
        return Some((delimiter, value));
    }
    let value = bare::read(text, cursor.at, Setting::Structure);
    cursor.at = value.end;
    cursor.skip_blanks();
    (!value.is_empty() && cursor.peek() == Some(b'|')).then_some((Delimiter::Bare, value))
}

/// Moves behind what closes a name: quotes, brackets, emphasis, marks of types that can be null,
/// colours.
fn close_name(cursor: &mut Cursor<'_>) -> bool {
    let start = cursor.at;
    for _ in 0..6 {
        cursor.skip_colours();
        let before = cursor.at;
        if !cursor.eat(b"&quot;") {
            cursor.skip(3, |byte| byte == b'\\');
            let is_mark = |byte: u8| {
                matches!(byte, b'"' | b'\'' | b'`' | b']' | b')' | b'}' | b'*' | b'?' | b'!')
            };
            let next = cursor.rest().get(1).copied();
            // `x ?= v`, `x ?? v`
            let is_operator =
                cursor.peek() == Some(b'?') && matches!(next, Some(b'=' | b'?' | b':'));
            let is_operator =
                is_operator && !(next == Some(b':') && cursor.rest().get(2) == Some(&b' '));
            if is_operator || cursor.skip(1, is_mark) == 0 {
                cursor.at = before;
                break;
            }
        }
    }
    cursor.at > start
}

/// Reads what stands between a name and its value.
fn separator(cursor: &mut Cursor<'_>) -> Option<Separator> {
    const ASSIGNMENTS: [&[u8]; 15] = [
        b"===", b"::=", b"==", b"=>", b":=", b"?=", b"+=", b"||=", b"<-", b"<<-", b":>", b"!=",
        b"-%3E", b"%3D", b"=",
    ];
    const FALLBACKS: [&[u8]; 12] = [
        b"|| ",
        b"?? ",
        b"?: ",
        b"or ",
        b"// ",
        b".default(",
        b".unwrap_or(",
        b".unwrap_or_else(|_| ",
        b".unwrap_or_else(|| ",
        b".orElse(",
        b".getOrElse(",
        b".or(",
    ];
    // Nearly always none stands here.
    if !FIRST_OF_SEPARATORS[usize::from(cursor.peek()?)] {
        return None;
    }
    if FALLBACKS.iter().any(|mark| cursor.eat(mark)) {
        return Some(Separator::Fallback);
    }
    // `fetch("NAME") { "value" }`
    if matches!(cursor.rest(), [b'{', b' ', b'"' | b'\'', ..]) {
        cursor.at += 2;
        return Some(Separator::Fallback);
    }
    if ASSIGNMENTS.iter().any(|mark| cursor.eat(mark)) {
        return Some(Separator::Assign);
    }
    if cursor.eat(b",") || cursor.eat(b"(") {
        return Some(Separator::Call);
    }
    // `scheme://`, `Key::new`
    if matches!(cursor.rest(), [b':', b'/', b'/', ..] | [b':', b':', ..]) {
        return None;
    }
    if cursor.rest().starts_with(b":") {
        if let Some(after) = typed(*cursor) {
            *cursor = after;
        } else {
            cursor.at += 1;
            // `**Name:** value`
            cursor.skip(2, |byte| byte == b'*');
        }
        return Some(Separator::Assign);
    }
    None
}

/// `: String = `, ` string = `, ` As String = `, ` { get; set; } = `, `[] = `, in front of a quoted
/// value: moves behind the `=`.
fn typed(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut cursor = start;
    let rest = &cursor.rest()[..cursor.rest().len().min(LONGEST_TYPE)];
    let len = memchr(b'=', rest)?;
    let is_of_type = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'_' | b'&' | b'<' | b'>' | b'?' | b'[' | b']' | b'.' | b':' | b' ' | b'\'' | b'*'
            )
            || matches!(byte, b'{' | b'}' | b';')
    };
    let of_type = &rest[..len];
    if of_type.contains(&b'{') && !of_type.starts_with(b"{ get") {
        return None;
    }
    if !of_type.iter().all(is_of_type) {
        return None;
    }
    cursor.at += len + 1;
    if matches!(cursor.peek(), Some(b'=' | b'>' | b'~')) {
        return None;
    }
    let mut ahead = cursor;
    ahead.skip_space();
    let is_quoted =
        quoted::content_start(ahead.text, ahead.at).is_some() || wrapped(ahead).is_some();
    is_quoted.then_some(cursor)
}

/// The value behind a separator: quoted, wrapped, without quotes, or on the next line.
fn value(start: Cursor<'_>, name: Span) -> Option<(Delimiter, Span)> {
    let mut cursor = start;
    cursor.skip_blanks();
    cursor.skip_colours();
    skip_tag(&mut cursor);
    if let Some((span, delimiter)) = quoted_value(cursor) {
        return Some((delimiter, span));
    }
    if let Some(next) = next_line(cursor, name) {
        return Some(next);
    }
    let text = cursor.text;
    let setting = bare::setting(text, name.start);
    let setting = if setting == Setting::Element { Setting::Structure } else { setting };
    if let Some(default) = fallback::behind_operator(text, cursor.at) {
        return Some((Delimiter::Quoted, default));
    }
    if let Some(value) = in_braces(cursor, name) {
        return Some((Delimiter::Quoted, value));
    }
    let value = bare::read(text, cursor.at, setting);
    let value = before_colours(text, value);
    // `label: node@1 {` begins a block of a program.
    let mut behind = Cursor::new(text, value.end);
    if behind.skip_blanks() > 0 && behind.eat(b"{") {
        return None;
    }
    (!value.is_empty()).then_some((Delimiter::Bare, value))
}

/// `Pwd={a;1}`: the value that braces quote in a connection string of ODBC. Without a sign that
/// needs quotes, the braces are of a template: `Pwd={password}`.
fn in_braces(start: Cursor<'_>, name: Span) -> Option<Span> {
    const QUOTED_SIGNS: &[u8] = b";!@#%^&*+,?~=$-";
    const SIGNS_OF_CODE: &[u8] = b"([{\"'<`\\ \n\r";
    let mut cursor = start;
    if cursor.at != name.end + 1 || !cursor.eat(b"{") {
        return None;
    }
    let rest = &cursor.rest()[..cursor.rest().len().min(LONGEST_IN_BRACES)];
    let len = memchr(b'}', rest)?;
    let (value, behind) = (&rest[..len], rest.get(len + 1));
    let has = |signs: &[u8]| value.iter().any(|byte| signs.contains(byte));
    let is_ended = matches!(behind, None | Some(b';' | b'"' | b'\'' | b'\n' | b'\r'));
    (is_ended && has(QUOTED_SIGNS) && !has(SIGNS_OF_CODE))
        .then(|| Span::new(cursor.at, cursor.at + len))
}

/// The part of a value before the escape sequence that ends its colour.
fn before_colours(text: &[u8], value: Span) -> Span {
    memchr(0x1b, &text[value.range()])
        .map_or(value, |len| Span::new(value.start, value.start + len))
}

/// `!!str `, `&anchor `
fn skip_tag(cursor: &mut Cursor<'_>) {
    let mut after = *cursor;
    let is_tag = after.eat(b"!!str") || after.eat(b"!str");
    let is_anchor = !is_tag
        && after.eat(b"&")
        && after.skip(24, |byte| byte.is_ascii_alphanumeric() || byte == b'_') > 0;
    if (is_tag || is_anchor) && after.skip_blanks() > 0 {
        *cursor = after;
    }
}

/// A quoted string here, or the one that something here is made from.
fn quoted_value(start: Cursor<'_>) -> Option<(Span, Delimiter)> {
    let mut cursor = start;
    cursor.skip_blanks();
    if let Some(found) = quoted::read(cursor.text, cursor.at) {
        return Some(found);
    }
    let inside = wrapped(cursor)?;
    if !reads_settings(&cursor.text[cursor.at..inside.at]) {
        return quoted::read(inside.text, inside.at);
    }
    // `getenv("NAME", "value")`
    let mut behind = Cursor::new(inside.text, quoted::end_behind(inside.text, inside.at)?);
    behind.skip_space();
    let argument = behind.eat(b",").then(|| quoted_argument(behind)).flatten();
    argument.map(|(delimiter, span)| (span, delimiter))
}

/// Whether a function reads a setting by its name, which is its first argument.
fn reads_settings(function: &[u8]) -> bool {
    const PARTS: [&[u8]; 8] =
        [b"env", b"get", b"fetch", b"config", b"lookup", b"read", b"find", b"setting"];
    let is_there =
        |part: &&[u8]| function.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
    PARTS.iter().any(is_there)
}

/// `String::from("`, `new Secret("`, `("`, `@("`: moves to the quote.
fn wrapped(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut cursor = start;
    cursor.eat(b"new ");
    cursor.skip(LONGEST_WRAPPER, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'@')
    });
    if !cursor.eat(b"(") {
        return None;
    }
    cursor.skip_space();
    quoted::content_start(cursor.text, cursor.at).is_some().then_some(cursor)
}

/// `'NAME', 'value'`, `setName("value")`, `getenv("NAME", default="value")`, `NAME || "value"`
fn quoted_argument(start: Cursor<'_>) -> Option<(Delimiter, Span)> {
    let mut cursor = start;
    cursor.skip_space();
    let mut named = cursor;
    if (named.eat(b"default") || named.eat(b"defaultValue") || named.eat(b"fallback"))
        && (named.skip_blanks(), named.eat(b"=") || named.eat(b":")).1
    {
        cursor = named;
        cursor.skip_blanks();
    }
    quoted::read(cursor.text, cursor.at).map(|(span, delimiter)| (delimiter, span))
}

/// A value on the line behind a separator: a block scalar, a heredoc, a continued line, a string.
fn next_line(start: Cursor<'_>, name: Span) -> Option<(Delimiter, Span)> {
    let mut cursor = start;
    let text = cursor.text;
    let is_block = matches!(cursor.peek(), Some(b'|' | b'>'));
    let is_heredoc = cursor.rest().starts_with(b"<<") && !cursor.rest().starts_with(b"<<<");
    if is_heredoc {
        cursor.skip(24, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'<' | b'-' | b'~' | b'_' | b'"' | b'\'')
        });
    } else if is_block {
        cursor.skip(4, |byte| matches!(byte, b'|' | b'>' | b'-' | b'+' | b'1'..=b'9'));
    }
    let is_continued = !is_block && !is_heredoc && (cursor.eat(b"\\") || cursor.eat(b"("));
    if !cursor.eat_line_end() {
        return None;
    }
    let indent = cursor.skip(MOST_BLANKS, |byte| matches!(byte, b' ' | b'\t'));
    if let Some((span, delimiter)) = quoted::read(text, cursor.at) {
        // `"name": "value"` is the next name.
        let is_name = quoted::end_behind(text, cursor.at).is_some_and(|end| is_assigned(text, end));
        return (!is_name).then_some((delimiter, span));
    }
    let is_inside = is_heredoc || is_continued || indent > bare::indent(text, name.start);
    let word = bare::only_word(text, cursor.at).filter(|_| is_inside)?;
    let is_name = matches!(text[word.end - 1], b':' | b'=' | b'{' | b'[' | b'(')
        || is_assigned(text, word.end);
    // The first of several lines is no value.
    let mut below = Cursor::new(text, bare::line_end(text, word.end));
    let goes_on = !is_heredoc && indent > 0 && below.eat_line_end() && {
        let is_inside = below.skip_blanks() >= indent;
        is_inside && !matches!(below.peek(), None | Some(b'\n' | b'\r'))
    };
    (!is_name && !goes_on).then_some((Delimiter::Block, word))
}

/// Whether an assignment stands at `at`.
fn is_assigned(text: &[u8], at: usize) -> bool {
    let mut cursor = Cursor::new(text, at);
    cursor.skip_blanks();
    matches!(cursor.peek(), Some(b':' | b'='))
}

/// `? name` and `: value`, each on a line of its own.
fn explicit_key(mut cursor: Cursor<'_>, name: Span) -> Option<Assigned> {
    let before = &cursor.text[bare::line_start(cursor.text, name.start)..name.start];
    if before.trim_ascii() != b"?" {
        return None;
    }
    cursor.skip_blanks();
    if !cursor.eat(b": ") {
        return None;
    }
    value(cursor, name).map(|(delimiter, value)| (Separator::Assign, delimiter, value))
}

/// `- --name` and `- value`, arguments in a list, each on a line of its own.
fn next_argument(mut cursor: Cursor<'_>, name: Span) -> Option<Assigned> {
    if !is_option(&cursor.text[bare::line_start(cursor.text, name.start)..name.start]) {
        return None;
    }
    cursor.skip_blanks();
    if !cursor.eat(b"- ") {
        return None;
    }
    if let Some((span, delimiter)) = quoted::read(cursor.text, cursor.at) {
        return Some((Separator::Option, delimiter, span));
    }
    bare::only_word(cursor.text, cursor.at).map(|word| (Separator::Option, Delimiter::Block, word))
}

/// A value that blanks part from its name: an option's, a directive's, an instruction's, a string.
fn after_blanks(text: &[u8], name: Span, blanks: Span, is_closed: bool) -> Option<Assigned> {
    let mut cursor = Cursor::new(text, blanks.end);
    // `The key is `value`.`
    let is_said = (cursor.eat(b"is ") || cursor.eat(b"= "))
        && (cursor.skip_blanks(), cursor.peek() == Some(b'`')).1;
    if !is_said {
        cursor.at = blanks.end;
    }
    // `gh secret set NAME --body value`
    if cursor.eat(b"--body") || cursor.eat(b"--value") {
        cursor.skip(1, |byte| matches!(byte, b' ' | b'='));
        let value = || bare::only_word(text, cursor.at).map(|word| (word, Delimiter::Bare));
        let found = quoted::read(text, cursor.at).or_else(value);
        return found.map(|(span, delimiter)| (Separator::Pair, delimiter, span));
    }
    if let Some((span, delimiter)) = quoted::read(text, cursor.at) {
        let is_separated = is_said || !is_closed || is_variable(text, name);
        return is_separated.then_some((Separator::Blank, delimiter, span));
    }
    let start = bare::line_start(text, name.start);
    let before = &text[start..name.start];
    if is_option(before) {
        let value = bare::read(text, cursor.at, bare::setting(text, name.start));
        return (!value.is_empty()).then_some((Separator::Option, Delimiter::Bare, value));
    }
    // The name, and nothing but its value: `requirepass value`, `ENV NAME value`, `${NAME}
    // value`, a tab between them.
    let word = bare::only_word(text, cursor.at)?;
    let is_directive = is_directive(before) && !is_closed;
    let is_cell = text[blanks.range()].contains(&b'\t') || blanks.len() > 2;
    let is_cell = is_cell && (before.trim_ascii().is_empty() || is_variable(text, name));
    (is_directive || is_cell).then_some((Separator::Blank, Delimiter::Bare, word))
}

/// `${NAME}`
fn is_variable(text: &[u8], name: Span) -> bool {
    text[..name.start].ends_with(b"${") && text.get(name.end) == Some(&b'}')
}

/// Whether an option's dashes or slash end a text: `tool --`, `-D`, `"-`.
fn is_option(before: &[u8]) -> bool {
    let dashes = before.iter().rev().take_while(|byte| **byte == b'-').count();
    let rest = &before[..before.len() - dashes];
    matches!(dashes, 1 | 2)
        && rest.last().is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'['))
}

/// Whether nothing but the words that a directive can begin with stands to the left of a name.
fn is_directive(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 20] = [
        b"ENV",
        b"ARG",
        b"export",
        b"set",
        b"setx",
        b"setenv",
        b"SetEnv",
        b"-x",
        b"-gx",
        b"-Ux",
        b"#define",
        b"env",
        b"declare",
        b"-",
        b"global",
        b"proxy_set_header",
        b"add_header",
        b"fastcgi_param",
        b"RequestHeader",
        b"http-request",
    ];
    let mut words =
        before.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
    // Answers for Debian's installer: `d-i passwd/root-password password value`.
    before.starts_with(b"d-i ") || words.all(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is assigned to the first `pw` of a text.
    fn assigned(text: &str) -> Option<(Separator, &str)> {
        let at = text.find("pw").unwrap();
        read(text.as_bytes(), Span::new(at, at + 2))
            .map(|(separator, _, span)| (separator, &text[span.range()]))
    }

    #[test]
    fn values_of_names() {
        use Separator::{Assign, Blank, Call, Fallback, Option, Pair};
        for (text, separator, expected) in [
            ("pw=a1\n", Assign, "a1"),
            ("pw = a1,b;c\n", Assign, "a1,b;c"),
            ("pw: a1 # x\n", Assign, "a1"),
            ("pw := \"a1\"", Assign, "a1"),
            ("'pw' => 'a1',", Assign, "a1"),
            ("pw <- \"a1\"", Assign, "a1"),
            ("pw ?= a1\n", Assign, "a1"),
            ("{\"x\":1,\"pw\":\"a,1\"}", Assign, "a,1"),
            ("{x: 1, pw: a1}", Assign, "a1"),
            ("{\\\"pw\\\":\\\"a1\\\"}", Assign, "a1"),
            ("&quot;pw&quot;: &quot;a&amp;1&quot;", Assign, "a&amp;1"),
            ("?pw=a1&b=2", Assign, "a1"),
            ("\"Uid=x;pw={a;1!};\"", Assign, "a;1!"),
            ("let pw: &'static str = \"a1\";", Assign, "a1"),
            ("var pw string = \"a1\"", Assign, "a1"),
            ("Dim pw As String = \"a1\"", Assign, "a1"),
            ("string pw { get; set; } = \"a1\";", Assign, "a1"),
            ("pw?: string = 'a1'", Assign, "a1"),
            ("e[\"pw\"] = \"a1\"", Assign, "a1"),
            ("pw = String::from(\"a1\")", Assign, "a1"),
            ("pw = (\n  \"a1\"\n)", Assign, "a1"),
            ("pw: !!str a1\n", Assign, "a1"),
            ("pw: \u{1b}[1ma1\u{1b}[0m\n", Assign, "a1"),
            ("**pw:** a1\n", Assign, "a1"),
            ("- **pw**: a1\n", Assign, "a1"),
            ("pw: `a1`\n", Assign, "a1"),
            ("pw:\n  a1\n", Assign, "a1"),
            ("pw: >-\n  a1\n", Assign, "a1"),
            ("pw: |\n  a1\n", Assign, "a1"),
            ("\"pw\":\n  \"a1\"\n", Assign, "a1"),
            ("pw = \\\n  a1\n", Assign, "a1"),
            ("pw = <<~P\n  a1\nP\n", Assign, "a1"),
            ("? pw\n: a1\n", Assign, "a1"),
            ("env('pw', 'a1')", Call, "a1"),
            ("getenv(\"pw\", default=\"a1\")", Call, "a1"),
            ("x.pw(\"a1\")", Call, "a1"),
            ("{pw, \"a1\"}", Call, "a1"),
            ("[\"--pw\", \"a1\"]", Call, "a1"),
            ("env.pw || \"a1\"", Fallback, "a1"),
            ("env[\"pw\"] ?? 'a1'", Fallback, "a1"),
            ("env(\"pw\") ?: \"a1\"", Fallback, "a1"),
            ("var(\"pw\").unwrap_or(\"a1\".into())", Fallback, "a1"),
            ("var(\"pw\").unwrap_or_else(|_| \"a1\".into())", Fallback, "a1"),
            ("cfg(\"pw\").getOrElse(\"a1\")", Fallback, "a1"),
            ("tool --pw a1 b", Option, "a1"),
            ("tool -pw a1", Option, "a1"),
            ("ENV pw a1\n", Blank, "a1"),
            ("pw a1\n", Blank, "a1"),
            ("x pw \"a1\"", Blank, "a1"),
            ("#define pw \"a1\"", Blank, "a1"),
            ("${pw}    a1\n", Blank, "a1"),
            ("pw\ta1\n", Blank, "a1"),
            ("The pw is `a1`.", Blank, "a1"),
            ("| the pw | `a1` |", Pair, "a1"),
            ("| pw | a1 | x |", Pair, "a1"),
            ("pw,a1\n", Pair, "a1"),
            ("proxy_set_header pw a1;\n", Blank, "a1"),
        ] {
            assert_eq!(assigned(text), Some((separator, expected)), "{text}");
        }
    }

    #[test]
    fn no_values() {
        for text in [
            "the pw a1 was",
            "pw",
            "pw:\na1: b\n",
            "pw:\n  a1: b\n",
            "\"pw\":\n  \"a\": 1",
            "f(pw, a1)",
            "pw \n",
            "\"a pw\" \"b\"",
            "a || pw || b",
            "| pw | a1, b |",
            "pw,a1,b c\n",
        ] {
            assert_eq!(assigned(text), None, "{text}");
        }
    }
}
