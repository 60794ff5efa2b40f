import { gql } from 'lightning/graphql';

/** How many cards one request brings. */
export const CARDS_PER_PAGE = 200;

/**
 * A page of the cards that sharing lets the user see, headline values alone. Fields the user may not see are dropped,
 * not refused.
 */
export const TEAM_QUERY = gql`
  query teamCards($where: Rep_Scorecard__c_Filter, $first: Int, $after: String) {
    uiapi {
      query {
        Rep_Scorecard__c(first: $first, after: $after, where: $where, orderBy: { Id: { order: ASC } }) {
          edges {
            node {
              Id
              LastModifiedDate @optional {
                value
              }
              Rep__r @optional {
                Name @optional {
                  value
                }
                UserRoleId @optional {
                  value
                }
                Manager @optional {
                  Name @optional {
                    value
                  }
                }
              }
              Rep__c @optional {
                value
              }
              Period_Label__c @optional {
                value
              }
              Period_Start__c @optional {
                value
              }
              Period_End__c @optional {
                value
              }
              Period_Share__c @optional {
                value
              }
              Days_Left__c @optional {
                value
              }
              Score__c @optional {
                value
              }
              Score_Low__c @optional {
                value
              }
              Score_High__c @optional {
                value
              }
              Team_Score__c @optional {
                value
              }
              Standing__c @optional {
                value
              }
              Rank_Low__c @optional {
                value
              }
              Rank_High__c @optional {
                value
              }
              Peers__c @optional {
                value
              }
              Quota__c @optional {
                value
              }
              Won_Amount__c @optional {
                value
              }
              Open_Amount__c @optional {
                value
              }
              Attainment__c @optional {
                value
              }
              History__c @optional {
                value
              }
              Verdict__c @optional {
                value
              }
              Change__c @optional {
                value
              }
              Change_Low__c @optional {
                value
              }
              Change_High__c @optional {
                value
              }
              Previous_Score__c @optional {
                value
              }
              Previous_Label__c @optional {
                value
              }
              Ramp_Month__c @optional {
                value
              }
              Dials__c @optional {
                value
              }
              Connects__c @optional {
                value
              }
              Conversations__c @optional {
                value
              }
              Calls_Logged__c @optional {
                value
              }
              Calls_Pending__c @optional {
                value
              }
              Calls_Contradicted__c @optional {
                value
              }
              Last_Call_On__c @optional {
                value
              }
              Evidence_Basis__c @optional {
                value
              }
              Calculated_At__c @optional {
                value
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`;

/** The periods that there are cards of. */
export const PERIODS_QUERY = gql`
  query scorecardPeriods {
    uiapi {
      aggregate {
        Rep_Scorecard__c(
          first: 40
          groupBy: { Period_Start__c: { group: true }, Period_Label__c: { group: true } }
          orderBy: { Period_Start__c: { order: DESC } }
        ) {
          edges {
            node {
              aggregate {
                Period_Start__c {
                  value
                }
                Period_Label__c {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** Who stands above whom. An org whose API leaves roles out still has a board, by managers. */
export const ROLES_QUERY = gql`
  query rolesOfTheOrg {
    uiapi {
      query {
        UserRole(first: 2000) @optional {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              ParentRoleId @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;
