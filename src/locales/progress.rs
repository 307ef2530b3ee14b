//! Words for how far a round is, for its teams, and for the figures that it ended with.

use super::{CLOSED, GOING_ON, Word, words};
use crate::domain::RoundLine;

words! {
    /// Teams and progress of a round.
    ROUND_TEAMS: "督查組", "Teams";
    NO_TEAM: "未分組", "no team";
    ROUND_WALKERS: "督查員", "Inspectors";
    SIGNED_SELF: "本人簽認 {}", "signed by them {}";
    ROUND_PROGRESS: "支部 {}  已開始 {}  已簽認 {}  結論 {}  問題 {}", "branches {}  begun {}  signed {}  verdicts {}  findings {}";
    BRANCH_PROGRESS: "結論 {}  問題 {}", "verdicts {}  findings {}";
    /// The figures of a round that is over.
    FIGURES_ON: "{}結束時的數字", "Figures at the end on {}";
    FIGURES_CORRECTED: "{}更正後的數字（更正理由：{}）", "Figures after the correction on {} (why: {})";
    FIGURES_LATER: "，已由後面的數字更正", ", corrected by those below";
    FIGURES_MEAN: "平均得分", "Mean score";
    FIGURES_VERDICTS: "結論", "Verdicts";
    CORRECTING: "正在更正：{}", "Being corrected: {}";
    /// The screen of it.
    SCOPE_PROGRESS: "進度分組", "Progress";
    A_ROUND_PROGRESS: "進度分組", "Progress";
    A_TEAM_EDIT: "編督查組", "Set team";
    A_TEAM_OFF: "撤督查組", "Take team off";
    PANE_UNITS: "組織", "Units";
    PANE_TEAMS: "督查組", "Teams";
    PANE_WALKERS: "督查員", "Inspectors";
    C_BRANCHES: "支部", "branches";
    C_BEGUN: "已開始", "begun";
    C_SIGNED: "已簽認", "signed";
    C_ANSWERED: "結論", "verdicts";
    C_FINDINGS: "問題", "findings";
    C_OWN: "本人簽認", "by them";
    NO_TEAMS_YET: "還沒有督查組；在「組織」中選一個支部或上級，按 {} 編組。", "No teams yet: choose a branch or a unit above in Units, {} sets its team.";
    NO_WALKERS_YET: "還沒有督查員分到支部，也還沒有簽認。", "No inspector was given a branch, and nothing is signed.";
    NO_UNIT_HERE: "此行不是支部或上級，請在「組織」中選。", "This line is no unit; choose one in Units.";
    NO_OWN_TEAM: "「{}」沒有單獨編組，無可撤去。", "{} has no team of its own to take off.";
    ASK_TEAM_OFF: "撤去「{}」的督查組（{}）？", "Take the team off {} ({})?";
    T_TEAM: "督查組：{}", "Team of {}";
    IN_TEAM: "在組", "in the team";
    OFF_TEAM: "—", "—";
    F_MEMBERS: "督查員", "Inspectors";
    H_MEMBERS: "用空格分隔，不填為撤組", "blanks between; none takes it off";
    A_ROUND_CORRECT: "更正輪次", "Correct round";
    T_CORRECT: "更正輪次的理由", "Why the round is corrected";
    ASK_CLOSE_AGAIN: "更正完畢，再次結束輪次「{}」？數字將重新記下，更正前的仍可查看。", "Close the round {} again? Its figures are written down anew; those before stay readable.";
    CORRECTED_FOR: "已更正：{}", "Corrected: {}";
    BEFORE_AFTER: "平均 {} → {}  問題 {} → {}", "mean {} → {}  findings {} → {}";
    CORRECTED_NOW: "更正中", "being corrected";
    CLOSED_CORRECTED: "已結束，更正中", "closed, being corrected";
}

/// Returns the words of how a round stands, where there is room: one that is being corrected is over all the same.
pub fn round_state_whole(line: &RoundLine) -> &'static Word {
    match (&line.correction, line.closed) {
        (Some(_), false) => &CLOSED_CORRECTED,
        (None, false) | (_, true) => round_state(line),
    }
}

/// Returns the word of how a round stands.
pub fn round_state(line: &RoundLine) -> &'static Word {
    match (&line.correction, line.closed) {
        (Some(_), false) => &CORRECTED_NOW,
        (None, false) => &GOING_ON,
        (_, true) => &CLOSED,
    }
}
