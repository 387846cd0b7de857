"""What something costs, by the price sheet of a lab: a bill added up step by step (`formula`,
`exercise`), and a plan of how to pay for a week of load (`plan`). No price of AWS is known here."""
