mod round_trip;

use super::table::{Table, TableRow};
use super::*;
use Field::{AccountId, Active, Email, FamilyName, FullName, GivenName, Groups, Ignored, Username};

const COMMA: Dialect = Dialect { encoding: Encoding::Ascii, delimiter: Delimiter::Comma, sep_line: false };

/// The file cut into chunks of `size`.
fn in_chunks(reader: &mut Reader, file: &[u8], size: usize) -> Vec<Row> {
    file.chunks(size).flat_map(|chunk| reader.feed(chunk)).collect()
}

/// All rows, the same whatever the size of chunks.
fn read(file: &[u8], dialect: Dialect, mapping: &Mapping) -> Vec<Row> {
    let rows = |size: usize| {
        let mut reader = Reader::new(dialect, mapping.clone());
        let mut rows = in_chunks(&mut reader, file, size);
        rows.extend(reader.finish());
        rows
    };
    let all = rows(file.len().max(1));
    for size in [1, 2, 3, 7, 64] {
        assert_eq!(rows(size), all, "chunks of {size}");
    }
    all
}

/// Reads a file as it is sniffed.
fn read_sniffed(file: &[u8]) -> Vec<Row> {
    let sniffed = sniff(file).unwrap();
    read(file, sniffed.dialect, &sniffed.mapping)
}

/// `number email|given|family` or `number! value`.
fn told(rows: &[Row]) -> Vec<String> {
    let tell = |row: &Row| match &row.read {
        Ok(person) => {
            format!("{} {}|{}|{}", row.number, person.email.as_str(), person.name.given, person.name.family)
        }
        Err(refusal) => format!("{}! {}", row.number, refusal.value),
    };
    rows.iter().map(tell).collect()
}

fn mapping(header: bool, columns: &[Field]) -> Mapping {
    Mapping { header, columns: columns.to_vec(), groups: GroupSplit::Semicolons }
}

fn cells(file: &[u8], dialect: Dialect) -> Vec<(u64, Result<Vec<String>, String>)> {
    let mut table = Table::new(dialect);
    table.push(file, true);
    let owned = |row: TableRow| {
        let cells = row.cells.map(|cells| cells.iter().map(Into::into).collect());
        (row.number, cells.map_err(|(fault, _)| fault.to_string()))
    };
    std::iter::from_fn(|| table.next(true)).map(owned).collect()
}

#[test]
fn files_of_all_kinds_are_read() {
    let zoe = "2 zoë@example.com|Zoë|Łukasiewicz";
    let utf16 = |big: bool, text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let table = "Email;First Name;Last Name\r\nzoë@example.com;Zoë;Łukasiewicz\r\n";
    for file in [
        table.as_bytes().to_vec(),
        format!("\u{FEFF}{table}").into_bytes(),
        table.replace("\r\n", "\n").into_bytes(),
        table.replace("\r\n", "\r").into_bytes(),
        table.trim_end().as_bytes().to_vec(),
        table.replace(';', ",").into_bytes(),
        table.replace(';', "\t").into_bytes(),
        format!("sep=;\r\n{table}").into_bytes(),
        format!("\u{FEFF}\"sep=;\"\n{table}").into_bytes(),
        "\u{FEFF}\"Email\";\"First Name\";\"Last Name\"\n\"zoë@example.com\";\"Zoë\" ;\"Łukasiewicz\""
            .to_string()
            .into_bytes(),
        utf16(false, table),
        utf16(true, table),
        utf16(false, &format!("sep=\t\r\n{}", table.replace(';', "\t"))),
    ] {
        assert_eq!(told(&read_sniffed(&file)), [zoe], "{}", String::from_utf8_lossy(&file));
    }
    let excel = b"e-mail;Pr\xE9nom;Nom\r\njos\xE9@example.com;Jos\xE9;N\xFA\xF1ez\r\n";
    assert_eq!(sniff(excel).unwrap().dialect.encoding, Encoding::Windows1252);
    assert_eq!(told(&read_sniffed(excel)), ["2 josé@example.com|José|Núñez"]);
}

#[test]
fn columns_are_found_by_name_or_by_what_stands_in_them() {
    for (file, expected) in [
        ("email\na@b.example", vec![Email]),
        ("User_Email,FULL-NAME\na@b.example,A B", vec![Email, FullName]),
        ("Display Name,e-mail address,given name,Surname\n", vec![FullName, Email, GivenName, FamilyName]),
        ("Atlassian ID,Status,Organisation,email,Group\n", vec![AccountId, Active, Groups, Email, Groups]),
        ("user id;Active;organization;EMAIL;User name", vec![AccountId, Active, Groups, Email, Username]),
        ("Name,Vorname,E-Mail,Telefon\n", vec![FamilyName, GivenName, Email, Ignored]),
        ("Nombre,Apellidos,Correo electrónico\n", vec![GivenName, FamilyName, Email]),
        ("Nom;Prénom;Courriel\n", vec![FamilyName, GivenName, Email]),
        ("email,email address\n", vec![Email, Ignored]),
        ("氏名,メールアドレス\n", vec![FullName, Email]),
        // No name of a column: what stands below.
        ("a@b.example,Ann,Bee\nc@d.example,Cee,Dee", vec![Email, GivenName, FamilyName]),
        ("Ann Bee;a@b.example", vec![FullName, Email]),
        ("foo,bar\nx,a@b.example\ny,c@d.example", vec![FullName, Email]),
        // A username that is an email, when there is no other.
        ("username,name\na@b.example,Ann\n", vec![Email, FullName]),
        ("username,name\nann,Ann\n", vec![Username, FullName]),
        ("User name,email\nAnn Bee,a@b.example\nCee Dee,c@d.example\n", vec![FullName, Email]),
        ("User name,email\nann,a@b.example\nCee Dee,c@d.example\n", vec![Username, Email]),
    ] {
        assert_eq!(sniff(file.as_bytes()).unwrap().mapping.columns, expected, "{file}");
    }
    let without = sniff(b"a@b.example,Ann,Bee\n").unwrap();
    assert!(!without.mapping.header && without.header.is_none());
    assert_eq!(without.sample, [["a@b.example", "Ann", "Bee"]]);
}

#[test]
fn what_parts_groups_is_seen() {
    for (cell, split, groups) in [
        ("Acme;Harbour", GroupSplit::Semicolons, vec!["Acme", "Harbour"]),
        ("\"Acme, Inc.\"", GroupSplit::Semicolons, vec!["Acme, Inc."]),
        ("\"Acme, Inc.|Acme, Inc.|acme, inc.\"", GroupSplit::Semicolons, vec!["Acme, Inc."]),
        ("\"acme,harbour\"", GroupSplit::Commas, vec!["acme", "harbour"]),
        ("\"acme\nharbour\"", GroupSplit::Semicolons, vec!["acme", "harbour"]),
        (" ; ", GroupSplit::Semicolons, vec![]),
    ] {
        let file = format!("email,groups\na@b.example,{cell}\n");
        let sniffed = sniff(file.as_bytes()).unwrap();
        assert_eq!(sniffed.mapping.groups, split, "{cell}");
        assert_eq!(read_sniffed(file.as_bytes())[0].read.as_ref().unwrap().groups, groups, "{cell}");
    }
}

#[test]
fn passwords_are_neither_taken_nor_shown() {
    let file = b"email,Initial Password,Kennwort\na@b.example,hunter2hunter2,geheim\n";
    let sniffed = sniff(file).unwrap();
    assert_eq!(sniffed.passwords, [1, 2]);
    assert_eq!(sniffed.mapping.columns, [Email, Ignored, Ignored]);
    let all = format!("{sniffed:?} {:?}", read_sniffed(file));
    assert!(!all.contains("hunter2") && !all.contains("geheim") && all.contains("(not shown)"), "{all}");
}

#[test]
fn what_is_no_table_of_text_is_said_so() {
    for (file, expected) in [
        (&b""[..], Unreadable::Empty),
        (b"PK\x03\x04\x14\x00", Unreadable::Workbook),
        (b"\xD0\xCF\x11\xE0\xA1\xB1", Unreadable::Workbook),
        (b"\x7FELF\x00\x01", Unreadable::Binary),
        (b"sep=|\r\nemail|name\r\n", Unreadable::Delimiter('|')),
        (b"\n\r\n , ,\n", Unreadable::NoRows),
        (b"\xEF\xBB\xBF", Unreadable::NoRows),
    ] {
        assert_eq!(sniff(file), Err(expected), "{}", String::from_utf8_lossy(file));
    }
}

#[test]
fn a_row_is_one_customer_or_one_reason() {
    let columns = mapping(true, &[Email, GivenName, FamilyName, Username, AccountId, Active, Groups]);
    let refused = |row: &str| {
        let file = format!("e,g,f,u,a,s,o\n{row}\nb@b.example,Bea\n");
        let rows = read(file.as_bytes(), COMMA, &columns);
        let last = rows.last().unwrap();
        assert!(
            last.read.as_ref().is_ok_and(|person| person.email.as_str() == "b@b.example"),
            "{row}: {rows:?}"
        );
        rows[0].read.clone().map_err(|refusal| (refusal.field, refusal.reason, refusal.value))
    };
    let whole = refused("A@b.example,Ann,Bee,ann,qm:1-2_3.4:x,Inactive,Acme;Harbour").unwrap();
    assert_eq!((whole.email.as_str(), whole.username.as_ref().unwrap().as_str()), ("A@b.example", "ann"));
    assert_eq!((whole.account_id.as_deref(), whole.active), (Some("qm:1-2_3.4:x"), Some(false)));
    assert_eq!(whole.groups, ["Acme", "Harbour"]);
    let bare = refused(" ann.bee@b.example ").unwrap();
    assert_eq!((bare.name.given.as_str(), bare.named, bare.active), ("ann.bee", false, None));

    let long = format!("{}@b.example", "a".repeat(65));
    let cell = format!("a@b.example,{}", "x".repeat(9 * 1024));
    for (row, field, words, value) in [
        (",Ann", Some(Email), "is missing", ""),
        ("ann,Ann", Some(Email), "one @", "ann"),
        (&long, Some(Email), "before the @", &long),
        ("a@b.example,\u{202E}x", Some(GivenName), "direction", "\u{202E}x"),
        ("a@b.example,,\"x\ny\"", Some(FamilyName), "control character", "x\ny"),
        ("a@b.example,A,B,c@d.example", Some(Username), "not the customer's own", "c@d.example"),
        ("a@b.example,A,B,,12 34", Some(AccountId), "Atlassian account ID", "12 34"),
        ("a@b.example,A,B,,,perhaps", Some(Active), "neither", "perhaps"),
        ("a@b.example,A,B,,,,x\u{7}", Some(Groups), "control character", "x\u{7}"),
        ("a@b.example,A\u{FFFD}", Some(GivenName), "damaged", "A\u{FFFD}"),
        ("a@b.example,A,B,,,,,more", None, "8 cells where there are 7", "more"),
        (&cell, Some(GivenName), "longer than 8 KiB", &cell[12..212]),
    ] {
        let (found, reason, shown) = refused(row).unwrap_err();
        assert_eq!((found, shown.as_str()), (field, value), "{row}");
        assert!(reason.contains(words) && reason.ends_with('.'), "{row}: {reason}");
    }
    assert_eq!(refused("a@b.example,A,B,,,,x,, ").unwrap().groups, ["x"], "empty cells too many do no harm");
}

#[test]
fn a_lost_quotation_mark_costs_its_row_alone() {
    let people = mapping(false, &[Email, GivenName]);
    let (never, after) = ("never closed", "after a closing");
    for (file, expected, reason) in [
        // Opened, not closed, and the next one is further down.
        (
            "\"a@b.example\",\"Ann\n\"c@d.example\",\"Cee\"\n",
            vec!["1! \"a@b.example\",\"Ann", "2 c@d.example|Cee|"],
            never,
        ),
        (
            "a@b.example,\"Ann\r\nc@d.example,Cee\r\ne@f.example,\"E\"",
            vec!["1! a@b.example,\"Ann", "2 c@d.example|Cee|", "3 e@f.example|E|"],
            never,
        ),
        ("\"a@b.example,Ann\rc@d.example,Cee", vec!["1! \"a@b.example,Ann", "2 c@d.example|Cee|"], never),
        // Nothing below closes it.
        ("a@b.example,\"Ann\n\nc@d.example,Cee\n", vec!["1! a@b.example,\"Ann", "3 c@d.example|Cee|"], never),
        ("a@b.example,\"Ann", vec!["1! a@b.example,\"Ann"], never),
        // Two in a row, and a good row with a line break after them.
        (
            "\"a,A\n\"b,B\nc@d.example,\"Cee;\"\nx@y.example,\"X\"",
            vec!["1! \"a,A", "2! \"b,B", "3 c@d.example|Cee;|", "4 x@y.example|X|"],
            never,
        ),
        // Not doubled inside.
        (
            "a@b.example,\"Ann \"the\" Bee\"\nc@d.example,Cee",
            vec!["1! a@b.example,\"Ann \"the\" Bee\"", "2 c@d.example|Cee|"],
            after,
        ),
        // In the middle of a cell it is a letter like any other.
        (
            "a@b.example,Ann \"the\" Bee\nc@d.example,5\" Cee",
            vec!["1 a@b.example|Ann \"the\" Bee|", "2 c@d.example|5\" Cee|"],
            "",
        ),
        ("a@b.example,\"Ann \"\"the\"\" Bee\"", vec!["1 a@b.example|Ann \"the\" Bee|"], ""),
    ] {
        let rows = read(file.as_bytes(), COMMA, &people);
        assert_eq!(told(&rows), expected, "{file}");
        let refusals = rows.iter().filter_map(|row| row.read.as_ref().err());
        assert!(refusals.clone().all(|refusal| refusal.reason.contains(reason)), "{file}: {rows:?}");
    }
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let file = b"sep=,\r\n\r\nemail,name\r\n\r\n\"a@b.example\",\"x\r\ny\"\r\n,\r\n , \nbad\n\r\r\nc@d.example,C\r\n\r\n";
    let sniffed = sniff(file).unwrap();
    let numbers: Vec<u64> =
        read(file, sniffed.dialect, &sniffed.mapping).iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 7, 10]);
}

#[test]
fn nothing_grows_without_end() {
    let people = mapping(false, &[Email, Ignored]);
    let good = "c@d.example,Cee\n";
    // A row that never ends; a mark that is never closed; both in a file of many.
    let endless = format!("{}\n{good}", "x".repeat(300_000));
    let rows = read(endless.as_bytes(), COMMA, &people);
    assert_eq!((rows.len(), rows[0].read.as_ref().unwrap_err().value.len()), (2, 200));
    assert!(rows[0].read.as_ref().unwrap_err().reason.contains("64 KiB"));
    assert_eq!(rows[1].number, 2);
    let swallowing = format!("a@b.example,\"x\n{}", good.repeat(20_000));
    let rows = read(swallowing.as_bytes(), COMMA, &people);
    assert_eq!(rows.iter().filter(|row| row.read.is_ok()).count(), 20_000);
    assert_eq!((rows.len(), rows[20_000].number), (20_001, 20_001));
    // Worst case: each row opens what the next one closes and opens again.
    let alternating = "x\",\"z\n".repeat(50_000);
    assert_eq!(read(alternating.as_bytes(), COMMA, &people).len(), 50_000);
    let wide = format!("{}\n{good}", ",".repeat(200));
    assert!(cells(wide.as_bytes(), COMMA)[0].1.as_ref().unwrap_err().contains("200 cells"));
    let just = format!("{}x\n{good}", ",".repeat(199));
    assert_eq!(cells(just.as_bytes(), COMMA)[0].1.as_ref().unwrap().len(), 200);
}

#[test]
fn a_late_accent_is_read_in_either_encoding() {
    let people = mapping(false, &[Email, GivenName]);
    let mut file = "a@b.example,Ann\n".repeat(5_000).into_bytes();
    file.extend_from_slice("c@d.example,Zoë\n".as_bytes());
    file.extend_from_slice(b"e@f.example,Zo\xEB\n");
    let head = &file[..HEAD];
    assert_eq!(sniff(head).unwrap().dialect, COMMA);
    let rows = read(&file, COMMA, &people);
    assert_eq!(told(&rows[5_000..]), ["5001 c@d.example|Zoë|", "5002 e@f.example|Zoë|"]);
    // In a file known to be UTF-8 the second has been damaged.
    let marked = [b"\xEF\xBB\xBF", &file[..]].concat();
    let utf8 = Dialect { encoding: Encoding::Utf8, ..COMMA };
    assert_eq!(told(&read(&marked, utf8, &people)[5_001..]), ["5002! Zo\u{FFFD}"]);
}

#[test]
fn a_mapping_has_one_column_of_emails() {
    for (columns, expected) in [
        (vec![Email], Ok(())),
        (vec![Groups, Email, Groups, Ignored, Ignored], Ok(())),
        (vec![FullName], Err(MappingFault::NoEmail)),
        (vec![], Err(MappingFault::NoEmail)),
        (vec![Email, Email], Err(MappingFault::Twice(Email))),
        (vec![Username, Email, Username], Err(MappingFault::Twice(Username))),
        (vec![Email; 201], Err(MappingFault::TooMany)),
    ] {
        assert_eq!(mapping(true, &columns).check(), expected);
    }
    let kept = r#"{"header":true,"columns":["email","full_name","ignored"],"groups":"commas"}"#;
    let mapping: Mapping = serde_json::from_str(kept).unwrap();
    assert_eq!(serde_json::to_string(&mapping).unwrap(), kept);
}

/// What the import of a million customers costs before the database; for people to run:
/// `cargo test --release --lib -- --ignored --nocapture a_million_rows`.
#[test]
#[ignore = "for measuring"]
#[allow(clippy::disallowed_methods, reason = "it measures")]
fn a_million_rows() {
    const ROWS: usize = 1_000_000;
    let mut file = "Email,First name,Last name,Username,Organization,Status\r\n".to_owned();
    for row in 0..ROWS {
        file.push_str(&format!(
            "person.{row}@company-{}.example,\"Zoë {row}\",Łukasiewicz,p{row},\"Acme;Harbour\",active\r\n",
            row % 977
        ));
    }
    let sniffed = sniff(&file.as_bytes()[..HEAD]).unwrap();
    let mut reader = Reader::new(sniffed.dialect, sniffed.mapping);
    let start = std::time::Instant::now();
    let (mut sound, mut most) = (0, 0);
    for chunk in file.as_bytes().chunks(HEAD) {
        let rows = reader.feed(chunk);
        most = most.max(rows.len());
        sound += rows.iter().filter(|row| row.read.is_ok()).count();
    }
    sound += reader.finish().len();
    let took = start.elapsed();
    assert_eq!(sound, ROWS);
    println!(
        "{ROWS} rows, {} MB, {took:.2?}: {:.0} rows/s; at most {most} rows at once",
        file.len() / 1_000_000,
        ROWS as f64 / took.as_secs_f64()
    );
}
