"""Territories with an ISO 3166-1 code of their own that count as the country whose they are.

After the list of the United Nations and ISO 3166-1's remarks. Free associations with ministers of their own (the Cook
Islands, Niue) and states whose standing is disputed (Palestine, Kosovo, Taiwan, Western Sahara) are not here.
"""

_OF = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "TK",
    "US": "AS GU MP PR UM VI",
}
COUNTRY_OF_TERRITORY = {territory: country for country, territories in _OF.items() for territory in territories.split()}
