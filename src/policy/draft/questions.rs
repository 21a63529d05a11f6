//! Security questions as a form posts them: a list, one question a line, and two numbers.

use std::collections::HashSet;

use super::{Draft, Faults};
use crate::policy::Questions;

impl Draft {
    /// The questions, with every fault where the method is on. What cannot be read while it is off
    /// bothers nobody: the recommended ones wait in its place.
    pub(super) fn questions(&self, is_on: bool, faults: &mut Faults) -> Questions {
        let mut own = Faults::default();
        let list = own.take("question_list", read(&self.question_list), Vec::new());
        let (least, most) = Questions::TO_SET;
        let longest = u32::try_from(list.len()).unwrap_or(u32::MAX).clamp(least, most);
        let to_set = own.number("questions_to_set", &self.questions_to_set, "questions", (least, longest));
        let (least, most) = Questions::TO_ASK;
        let to_ask =
            own.number("questions_to_ask", &self.questions_to_ask, "questions", (least, most.min(to_set)));
        if own.0.is_empty() {
            return Questions { list, to_set, to_ask };
        }
        if is_on {
            faults.0.append(&mut own.0);
        }
        Questions::default()
    }
}

/// The questions of a text, or all that is wrong with it.
fn read(text: &str) -> Result<Vec<String>, String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (least, most) = (Questions::TO_SET.0 as usize, Questions::MOST);
    let mut problems = Vec::new();
    if !(least..=most).contains(&lines.len()) {
        problems.push(format!("Enter {least} to {most} questions, one a line; these are {}.", lines.len()));
    }
    let mut seen = HashSet::new();
    for (at, line) in lines.iter().enumerate().take(most) {
        let number = at + 1;
        let length = line.chars().count();
        if line.chars().any(char::is_control) {
            problems.push(format!("Question {number} holds characters that cannot be shown."));
        }
        if length > Questions::LONGEST {
            let longest = Questions::LONGEST;
            problems.push(format!("Question {number} has {length} characters; use at most {longest}."));
        }
        if !seen.insert(line.to_lowercase()) {
            problems.push(format!("Question {number} is there already."));
        }
    }
    if problems.is_empty() {
        Ok(lines.into_iter().map(str::to_owned).collect())
    } else {
        Err(problems.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(list: &str, to_set: &str, to_ask: &str) -> Result<Questions, Vec<(&'static str, String)>> {
        let draft = Draft {
            question_list: list.into(),
            questions_to_set: to_set.into(),
            questions_to_ask: to_ask.into(),
            ..Draft::default()
        };
        let mut faults = Faults::default();
        let questions = draft.questions(true, &mut faults);
        if faults.0.is_empty() {
            return Ok(questions);
        }
        Err(faults.0.into_iter().map(|fault| (fault.field, fault.problem)).collect())
    }

    #[test]
    fn a_question_is_a_line() {
        let read = told(" One?\r\n\r\n  Two?\n\tThree? \nFour?", "4", " 2 ").unwrap();
        assert_eq!(read.list, ["One?", "Two?", "Three?", "Four?"]);
        assert_eq!((read.to_set, read.to_ask), (4, 2));
        let most: Vec<_> = (0..30).map(|n| format!("{n} {}", "é".repeat(190))).collect();
        assert_eq!(told(&most.join("\n"), "10", "5").unwrap().list, most);
    }

    #[test]
    fn every_fault_says_what_would_be_right() {
        let three = "One?\nTwo?\nThree?";
        let many = (0..31).map(|n| format!("{n}?\n")).collect::<String>();
        for (list, to_set, to_ask, field, words) in [
            ("", "3", "1", "question_list", "Enter 3 to 30 questions, one a line; these are 0."),
            ("One?\nTwo?", "3", "1", "question_list", "these are 2."),
            (&many, "3", "1", "question_list", "these are 31."),
            ("One?\nTwo?\none?", "3", "1", "question_list", "Question 3 is there already."),
            ("One?\nTwo?\nTh\u{7}ree?", "3", "1", "question_list", "Question 3 holds characters"),
            (
                &format!("{three}\n{}", "x".repeat(201)),
                "3",
                "1",
                "question_list",
                "201 characters; use at most 200",
            ),
            (three, "4", "1", "questions_to_set", "from 3 to 3"),
            (three, "2", "1", "questions_to_set", "from 3 to 3"),
            (&format!("{three}\nFour?"), "5", "1", "questions_to_set", "from 3 to 4"),
            (three, "3", "4", "questions_to_ask", "from 1 to 3"),
            (three, "3", "0", "questions_to_ask", "from 1 to 3"),
            (three, "3", "some", "questions_to_ask", "whole number of questions"),
        ] {
            let faults = told(list, to_set, to_ask).unwrap_err();
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert_eq!(faults[0].0, field);
            assert!(faults[0].1.contains(words), "{faults:?}");
        }
    }

    #[test]
    fn while_they_are_off_nothing_is_wrong_with_them() {
        let draft = Draft { question_list: "One?".into(), ..Draft::default() };
        let mut faults = Faults::default();
        assert_eq!(draft.questions(false, &mut faults), Questions::default());
        assert!(faults.0.is_empty());
    }
}
