"""Every name, number and address here is invented."""

import pytest

from bot.understanding.identifiers import redacted


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("NHS number 999 765 4321", "nhs-number", "999 765 4321"),
        ("NHS 999 123 4567", "nhs-number", "4567"),
        ("nhs no. 9991234567", "nhs-number", "9991234567"),
        ("NHS: 000-111-2222", "nhs-number", "111"),
        ("999 765 4321 had a rash", "nhs-number", "4321"),
        ("999-765-4321", "nhs-number", "765"),
        ("his number is 9434765919", "nhs-number", "9434765919"),
        ("CHI 0101109999", "nhs-number", "0101109999"),
        ("nhs number is 999 000 1111, log it", "nhs-number", "000 1111"),
        ("NHS# 999 000 1112", "nhs-number", "1112"),
        ("MRN 7781204", "hospital-number", "7781204"),
        ("pt mrn 332211 rash", "hospital-number", "332211"),
        ("MRN: 4455-FAKE", "hospital-number", "4455-FAKE"),
        ("hospital number 0099887", "hospital-number", "0099887"),
        ("hosp no Z99999", "hospital-number", "Z99999"),
        ("hosp no 998877Z", "hospital-number", "998877Z"),
        ("hospital no. 777ABC", "hospital-number", "777ABC"),
        ("hosp no. RK-220914", "hospital-number", "220914"),
        ("H/N 6630918", "hospital-number", "6630918"),
        ("hosp 556677 enclosed", "hospital-number", "556677"),
        ("his hospital number is 445511", "hospital-number", "445511"),
        ("(RRK 339021)", "hospital-number", "339021"),
        ("unit no. K0097", "hospital-number", "K0097"),
        ("NHC 998877", "hospital-number", "998877"),
        ("Passport no. 000123456", "hospital-number", "000123456"),
        ("Versichertennr. Z000111", "hospital-number", "Z000111"),
        ("patient id 884422", "hospital-number", "884422"),
        ("case note number 55-1234", "hospital-number", "1234"),
        ("dob 03/02/2014", "birth-date", "03/02/2014"),
        ("DOB: 1/2/13", "birth-date", "1/2/13"),
        ("DOB 12.12.2014", "birth-date", "12.12.2014"),
        ("d.o.b. 2014-02-03", "birth-date", "2014-02-03"),
        ("date of birth 9 Dec 2012", "birth-date", "9 Dec 2012"),
        ("born 2 May 2010", "birth-date", "2 May 2010"),
        ("born on 19.5.2013", "birth-date", "19.5.2013"),
        ("born 3 june 2015", "birth-date", "june 2015"),
        ("b. 4/4/2012", "birth-date", "4/4/2012"),
        ("geb. 2.2.2014", "birth-date", "2.2.2014"),
        ("nata il 12/4/2012", "birth-date", "12/4/2012"),
        ("née le 01/02/2011", "birth-date", "01/02/2011"),
        ("correct DOB for Fakey Fakerson to 04/05/2011", "birth-date", "04/05/2011"),
        ("dob 3rd of March 2012", "birth-date", "March 2012"),
        ("on behalf of Ignatius Colebrook (17/03/2010)", "birth-date", "17/03/2010"),
        ("mobile 07700 900123", "phone", "900123"),
        ("07700900456 is mum", "phone", "07700900456"),
        ("tel 01632 960222", "phone", "960222"),
        ("tel. 020 7946 0011", "phone", "7946 0011"),
        ("+44 7700 900321", "phone", "900321"),
        ("+44 (0)7700 900321", "phone", "900321"),
        ("(01632) 960 222", "phone", "960 222"),
        ("ring me on 555 0100 22", "phone", "0100"),
        ("my phone is 0131 496 0123", "phone", "496"),
        ("barnaby.foxglove@example.org", "e-mail", "foxglove"),
        ("write to w_crake+1@mail.example.com please", "e-mail", "crake"),
        ("1 Fake St has GVHD", "address", "Fake"),
        ("he lives at 22 Cobnut Way", "address", "Cobnut"),
        ("from 8 Quarry Rd", "address", "Quarry"),
        ("12 Larkspur Rise, Oldbridge OB3 4QT", "address", "Larkspur"),
        ("4 Thistle Mews, LE1 9ZZ", "address", "LE1"),
        ("31b Hazel Court", "address", "Hazel"),
        ("Olive Testcase, dob 1/1/2014", "name", "Olive"),
        ("Mr J Fictional bed 4", "name", "Fictional"),
        ("Mrs Hyacinth Drew, tel 01632 960222", "name", "Hyacinth"),
        ("patient Jack Invention had a rash", "name", "Invention"),
        ("Subject 006 is Tommy Nonesuch b. 4/4/2012", "name", "Nonesuch"),
        ("subject 06 is Tommy Nonesuch", "name", "Tommy"),
        ("my son Leopold Wiesengrund relapsed", "name", "Wiesengrund"),
        ("my name is Poppy Larkspur", "name", "Poppy"),
        ("my name's Fenella Marsh-Adeyemi", "name", "Adeyemi"),
        ("Master Otto Plimm has a fever", "name", "Plimm"),
        ("Nell Quirk in bed 4 is hot", "name", "Quirk"),
        ("Miss Petronella Swann's discharge letter", "name", "Petronella"),
        ("THISTLEWOOD, Oriel, F, 11y, H/N 6630918", "name", "THISTLEWOOD"),
        ("form: Merriweather/Ned/12-10-2014", "name", "Merriweather"),
        ("Testy McTestface dob 01/01/2013", "name", "McTestface"),
        ("MRN 7781204 J. Featherstonehaugh", "name", "Featherstonehaugh"),
        ("Name Ana Inventada, born 1/1/2012", "name", "Inventada"),
        ("Niño Test, NHC 998877", "name", "Niño"),
    ],
)
def test_an_identifier_is_taken_out(text: str, kind: str, secret: str) -> None:
    redaction = redacted(text)

    assert kind in redaction.found
    assert secret not in redaction.text


@pytest.mark.parametrize(
    "text",
    [
        "ISRCTN15323014",
        "is it ISRCTN 15323014?",
        "NCT05397184",
        "EudraCT 2021-004312-25",
        "EU CT number 2023-504321-11-00",
        "IRAS 298765",
        "doi 10.1056/NEJMoa2505478",
        "https://doi.org/10.1182/blood-2025-0123456789",
        "PMID 37314354",
        "PMID: 36000111",
        "PMC10234567",
        "NEJM 2023;389:899-910",
        "Blood 2025;146(Suppl 1):1042",
        "published 8 December 2025",
        "on 14/06/2023",
        "the press release of 08/12/2025",
        "2022-12-11",
        "Press Release 15/12/2025 wording?",
        "Annual Meeting 6/12/2025",
        "the trial was born in 2015",
        "born in 2009, the first patient",
        "children aged 6 months to 16 years",
        "0.2 to 2.0 x 10^6 cells/kg",
        "30 mg/m2 for 5 days",
        "1 mg/kg over 3 days",
        "CRP 210 plt 9",
        "platelets 250000",
        "200 000 000 cells",
        "1,000,000 cells per kg",
        "ferritin 90000",
        "64% (7/11)",
        "63.6 (30.8-89.1)",
        "0.0000000012",
        "day -7 to day -3",
        "patient number 7",
        "patient 11 relapsed?",
        "subject 006",
        "participant 12, grade 4",
        "hospital number of beds",
        "NHS commissioning",
        "is it on the NHS 2025 list",
        "what is the NHS number needed to treat",
        "Great Ormond Street Hospital",
        "King's College Hospital",
        "Professor Waseem Qasim",
        "Dr Robert Chiesa led the transplant team",
        "who are Deborah Yallop and Rob Chiesa",
        "did Mr Liu invent base editing",
        "quote from Ms Dexter in the press release",
        "Waseem Qasim said children were cured?",
        "Chiesa R, Georgiadis C, Syed F",
        "Blood Cancer UK and Wellcome",
        "Medical Research Council grant MR/R015325/1",
        "lot 22, batch 0007",
        "Leeds General Infirmary, is it a site",
        "London WC1N 3JH",
        "UCL Great Ormond Street Institute of Child Health",
        "CD7, CD52 and TRBC",
        "room 4 people",
        "Common Terminology Criteria 5.0",
        "ASTCT 2019 grade 3",
        "call it 11 of 11",
        "Patient Reported Outcomes",
        "patient and public involvement",
        "New England Journal of Medicine 393 60",
        "phone app",
        "mobile apheresis unit",
        "9 children and 2 adults",
        "p = 0.0123456789",
        "1234567890",
        "",
    ],
)
def test_what_identifies_nobody_stays(text: str) -> None:
    redaction = redacted(text)

    assert redaction.found == ()
    assert redaction.text == text


def test_a_public_name_stays_beside_something_clinical() -> None:
    text = "was patient Olive Testcase treated first"

    assert redacted(text, public=("Olive Testcase",)).text == text


def test_a_name_far_from_any_number_stays() -> None:
    text = f"Olive Testcase wrote the paper, {'which is long, ' * 5}MRN 7781204"

    assert redacted(text).text == text.replace("7781204", "[hospital-number]")


def test_the_rest_of_the_message_is_kept() -> None:
    redaction = redacted("Otto Plimm dob 3/3/14, how many were children?")

    assert redaction.text == "[name] dob [birth-date], how many were children?"
    assert redaction.found == ("birth-date", "name")


def test_overlapping_identifiers_leave_nothing_behind() -> None:
    redaction = redacted("mobile no 07700 900123, 4 Thistle Mews, LE1 9ZZ")

    assert not any(secret in redaction.text for secret in ("07700", "Thistle", "LE1"))


def test_two_details_that_run_into_each_other_both_go() -> None:
    told = redacted("tel 07700 900123 456 12 Mill Lane LS1 4AP")

    assert {"phone", "address"} >= set(told.found) != set()
    assert "900123" not in told.text
    assert "Mill Lane" not in told.text


def test_a_name_far_from_any_identifier_stays() -> None:
    text = f"Olive Testcase asks {'what was found and ' * 4}tel 07700 900123"

    assert redacted(text).text.startswith("Olive Testcase asks")
    assert redacted(text).found == ("phone",)


def test_what_was_taken_out_before_still_counts_as_found() -> None:
    once = redacted("NHS 943 476 5919, what of the lamp?")

    again = redacted(once.text)

    assert again == once
    assert again.found == ("nhs-number",)
