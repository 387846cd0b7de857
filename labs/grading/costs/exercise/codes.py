"""What each finding code means. A slip has a phrase, too: "that comes out where …"."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.kind import Code
from labs.grading.said import say

COUNTING = "how-a-bill-is-counted"


@dataclass(frozen=True, slots=True)
class Mistake:
    title: str
    phrase: str  # behind "comes out where"
    rule: str
    cure: str


SLIPS = {
    "hours-forgotten": Mistake(
        say("The hours are not multiplied in"),
        say("the price of one hour is taken for a whole day, month or year"),
        say("A price for an hour is paid for every hour: 730 in a month, 8,760 in a year."),
        say("Multiply by the hours: 730 for a month."),
    ),
    "thirty-days": Mistake(
        say("A month of 30 days"),
        say("a month is counted as 30 days, 720 hours"),
        say("In these labs a month has 730 hours: 8,760 hours of a year, divided by twelve."),
        say("Take 730 hours for a month, not 720."),
    ),
    "months-for-year": Mistake(
        say("A month and a year mixed up"),
        say("a month is taken for a year, or a year for a month"),
        say("A year has twelve months, 8,760 hours."),
        say("Look whether a month or a year is asked for: between them is a factor of 12."),
    ),
    "time-unit": Mistake(
        say("Another unit of time"),
        say("seconds, minutes and hours are not converted into the unit of the price"),
        say("An hour has 3,600 seconds. The price says for which of them it is."),
        say("Read the price: is it for a second, a minute or an hour? Convert the time into that."),
    ),
    "milliseconds": Mistake(
        say("Milliseconds for seconds"),
        say("milliseconds are taken for seconds"),
        say("1,000 milliseconds are one second."),
        say("Divide milliseconds by 1,000 before you multiply."),
    ),
    "size-unit": Mistake(
        say("Another unit of size"),
        say("megabytes are taken for gigabytes, or gigabytes for terabytes"),
        say("The price is for a gigabyte: 1,024 megabytes are one, and a terabyte has 1,024."),
        say("Convert the size into the unit of the price first."),
    ),
    "decimal-gigabytes": Mistake(
        say("1,000 in the place of 1,024"),
        say("1,000 is taken for 1,024"),
        say("AWS counts a gigabyte as 1,024 megabytes, and a terabyte as 1,024 gigabytes."),
        say("Between megabyte, gigabyte and terabyte take 1,024."),
    ),
    "per-million": Mistake(
        say("The price is for a million"),
        say("the price of a million is taken for the price of one"),
        say("A price for a million is divided by 1,000,000 to be the price of one."),
        say("Divide by 1,000,000: the price is for a million of them."),
    ),
    "turned-round": Mistake(
        say("A conversion the wrong way round"),
        say("a conversion is made the wrong way round, multiplied in the place of divided"),
        say("From a small unit to a large one the number gets smaller."),
        say("Ask which of the two numbers has to be larger, and divide or multiply accordingly."),
    ),
    "long-month": Mistake(
        say("A month of 31 days"),
        say("a month is counted as 31 days, 744 hours"),
        say("In these labs a month has 730 hours: 8,760 hours of a year, divided by twelve."),
        say("Take 730 hours for a month, not 744."),
    ),
    "other-gigabytes": Mistake(
        say("Gigabytes of another sort"),
        say("gigabytes of 1,000³ bytes and of 1,024³ bytes are converted into each other"),
        say("The sheet and the price count in the same gigabytes."),
        say("Take the gigabytes of the sheet as they are."),
    ),
    "number-forgotten": Mistake(
        say("A number is not used"),
        say("one of the numbers is not multiplied in"),
        say("A line is the product of all its numbers."),
        say("Go through the numbers of this line: one of them is not in your product."),
    ),
    "percent-as-factor": Mistake(
        say("Percent used as a factor"),
        say("the percentage is used as a factor as it stands"),
        say("30 % is a factor of 0.30."),
        say("Divide the percentage by 100."),
    ),
    "discount-paid": Mistake(
        say("The discount is what you save"),
        say("the discount itself is taken for the price"),
        say("With 30 % off, 70 % is paid."),
        say("Pay what is left after the discount, not the discount."),
    ),
    "discount-forgotten": Mistake(
        say("The discount is forgotten"),
        say("the discount is left out"),
        say("With 30 % off, 70 % is paid."),
        say("Take the discount off."),
    ),
    "free-forgotten": Mistake(
        say("The free part is forgotten"),
        say("nothing is taken off for what is free"),
        say("What is free is taken off first; the rest has a price."),
        say("Take off what is free each month, then multiply by the price."),
    ),
    "not-rounded-up": Mistake(
        say("Billed is a whole unit"),
        say("the amount is not rounded up to what is billed"),
        say("Where a unit is billed whole, a part of one costs as much as all of it."),
        say("Round up to the unit that is billed."),
    ),
    "one-tier": Mistake(
        say("One price for all of it"),
        say("one tier's price is taken for everything"),
        say("Each tier's price is for what falls into that tier, not for everything."),
        say("Split the amount at the limits, and price each part by its own tier."),
    ),
    "one-of-many": Mistake(
        say("Only one of several"),
        say("one is counted, not all of them"),
        say("Each of them is on the bill."),
        say("Multiply by how many there are."),
    ),
    "one-zone": Mistake(
        say("Only one zone"),
        say("one zone is counted, not all of them"),
        say("What stands in each zone is paid in each zone."),
        say("Count it in every zone."),
    ),
    "one-direction": Mistake(
        say("Only one direction"),
        say("one direction is counted, not both"),
        say("Between zones traffic is paid on the way out and on the way in."),
        say("Count both directions."),
    ),
    "upfront-at-once": Mistake(
        say("What is paid upfront is not spread"),
        say("the whole payment upfront is put on one month"),
        say("To compare by the month, spread the payment upfront over all months of the term."),
        say("Divide the payment upfront by the months of the term."),
    ),
    "upfront-forgotten": Mistake(
        say("What is paid upfront is left out"),
        say("the payment upfront is left out"),
        say("A reservation costs what is paid upfront and what is paid by the hour."),
        say("Add the month's share of the payment upfront."),
    ),
    "address-forgotten": Mistake(
        say("The charge for public IPv4 addresses is left out"),
        say("the public IPv4 addresses are left out"),
        say("Every public IPv4 address costs by the hour, whether it is used or not."),
        say("Add the public IPv4 addresses."),
    ),
    "snapshot-forgotten": Mistake(
        say("The snapshots are left out"),
        say("the snapshots are left out"),
        say("Snapshots are stored beside the volumes, and are paid by the GB-month as well."),
        say("Add the snapshots."),
    ),
    "left-behind": Mistake(
        say("What was left behind is left out"),
        say("what nobody uses any more is left out"),
        say("What is not deleted is on the bill, whether somebody uses it or not."),
        say("Add what was left behind: it is paid until somebody deletes it."),
    ),
    "used-size": Mistake(
        say("What is provisioned is paid"),
        say("the space in use is counted, not the size of the volume"),
        say("A volume is paid by the size that you asked for, however empty it is."),
        say("Take the size of the volume, not what is stored on it."),
    ),
    "full-snapshots": Mistake(
        say("Later snapshots are small"),
        say("every snapshot is counted as a full one"),
        say("The first snapshot holds everything, each later one only what has changed since."),
        say("Count the first snapshot in full, and of each later one only what has changed."),
    ),
    "other-quantity": Mistake(
        say("Another number of the sheet"),
        say("another number of the sheet is taken"),
        say("Each line of the sheet has its own use."),
        say("Look once more at which number of the sheet belongs here."),
    ),
    "part-forgotten": Mistake(
        say("A part of the bill is left out"),
        say("one of the parts is left out"),
        say("A bill is the sum of all its lines."),
        say("Go through the task once more: what else is paid for?"),
    ),
}
OTHERS = {
    "right": Mistake(say("The amount is right"), "", say("This is what the sheet makes."), ""),
    "not-answered": Mistake(
        say("An amount is missing"),
        "",
        say("Every amount that is asked for needs a number."),
        say("Write the number behind the colon."),
    ),
    "carried": Mistake(
        say("It follows from another amount"),
        "",
        say("This amount is worked out rightly from one that is wrong."),
        say("Mend the other amount first, then work this one out again."),
    ),
    "other-amount": Mistake(
        say("The number of another line"),
        "",
        say("This number belongs to another line of the answer."),
        say("Read what this amount is, and put the number where it belongs."),
    ),
    "other-unit": Mistake(
        say("A unit that does not fit"),
        "",
        say("The amount is asked for in the unit that the task names."),
        say("Take the unit that the task names, or leave the unit out."),
    ),
    "decimal-point": Mistake(
        say("The decimal point is in another place"),
        "",
        say("The digits are right, and the number is ten or a hundred times too large or small."),
        say("Count the zeros once more."),
    ),
    "wrong": Mistake(
        say("The amount is not right"),
        "",
        say("It is no number that a usual slip would give."),
        say("Write the calculation down line by line, with the unit behind every number."),
    ),
    "unknown": Mistake(
        say("An entry that nobody asked for"),
        "",
        say("Nothing is checked here. Perhaps the name of an entry has a typing error."),
        say("Use the names that the task gives."),
    ),
}
MISTAKES = SLIPS | OTHERS
CODES = {f"cost.{name}": Code(one.title, one.rule, COUNTING) for name, one in MISTAKES.items()}
