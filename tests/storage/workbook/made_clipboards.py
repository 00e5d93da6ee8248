"""What Excel, LibreOffice, Google Sheets and a browser put on the clipboard, cut to the parts that matter."""

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Excel 15">
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"\\#\\,\\#\\#0";}--></style>
</head><body link="#0563C1"><table border=0 cellpadding=0 width=400 style='border-collapse:collapse'>
<!--StartFragment-->
 <col width=120><col width=64 span=2>
 <tr height=20><td height=20 class=xl66 width=120>Cluster</td><td>Year</td><td>Workers
  (persons)</td><td>Share</td></tr>
 <tr height=20><td height=20>Pangyo Techno Valley</td><td align=right x:num>2017</td>
  <td class=xl65 align=right x:num="80123.456"><span style='mso-spacerun:yes'> </span>80,123 </td>
  <td align=right x:num="0.12345">12.3%</td></tr>
 <tr height=20 style='display:none'><td height=20>Gumi Industrial<br>
    Complex</td><td align=right x:num>2017</td><td align=right x:num="103818">103,818</td>
  <td x:num="42369">2015-12-31</td></tr>
<!--EndFragment-->
</table></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<title></title><style type="text/css">body,td { font-family:"Liberation Sans" }</style></head>
<body><table cellspacing="0" border="0"><colgroup width="85"></colgroup>
<tr><td height="17" align="left">클러스터</td><td colspan=2 align="center" valign=middle>종사자 (명)</td></tr>
<tr><td height="17" align="left"><br></td><td align="right" sdval="2015" sdnum="1033;">2015</td>
<td align="right" sdval="2016" sdnum="1033;">2016</td></tr>
<tr><td rowspan=2 align="left">판교</td><td align="right" sdval="70000.5" sdnum="1033;0;#,##0">70,001</td>
<td align="right" sdval="72500" sdnum="1033;0;#,##0">72,500</td></tr>
<tr><td align="right" sdval="1" sdnum="1033;0;@">001</td><td align="right">&nbsp;a &amp; b</td></tr>
</table></body></html>"""

GOOGLE = """<meta charset='utf-8'><google-sheets-html-origin><style><!--br {}--></style><table><tbody>
<tr><td data-sheets-value='{"1":2,"2":"Name"}'>Name</td><td data-sheets-value='{"1":2,"2":"Firms"}'>Firms</td></tr>
<tr><td data-sheets-value='{"1":2,"2":"A"}'>A</td><td data-sheets-value='{"1":3,"3":1234.5}'>1,235</td></tr>
</tbody></table>"""

TEXT = 'Cluster\tYear\tNote\r\nPangyo\t2017\t"two\nlines, and ""quotes"""\r\n00123\t2018\t\r\n'
